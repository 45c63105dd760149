// The store of what was fetched. A fault that only a sign-in can mend is told to the session.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { asFault } from '~/api/fault.ts';
import { sessionEnd } from '~/api/sessionEnd.ts';

function hear(error: Error): void {
  if (asFault(error).kind === 'signIn') sessionEnd.set(true);
}

const mendable = new Set(['offline', 'wait']);

export function makeQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: hear }),
    mutationCache: new MutationCache({ onError: hear }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && mendable.has(asFault(error).kind),
      },
      mutations: { retry: false },
    },
  });
}
