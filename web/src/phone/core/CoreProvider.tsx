// Gives the phone pages the core: one client per page, its screens as queries that are read again
// whenever the core says that something changed.
import { QueryClient, QueryClientProvider, useQuery, type Query } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import type { CoreClient } from '~/core/client.ts';
import type { Ask, ScreenName, Screens } from '~/core/face.ts';
import type { Standing } from '~/core/words.ts';
import { LOOKS } from '~/looks/useLooks.ts';

const CoreContext = createContext<CoreClient | null>(null);

export function CoreProvider({ core, children }: { core: CoreClient; children: ReactNode }) {
  const [screens] = useState(newScreens);
  useEffect(() => {
    const readAgain = () => void screens.invalidateQueries({ predicate: isOfThisPhone });
    core.addEventListener('changed', readAgain);
    return () => core.removeEventListener('changed', readAgain);
  }, [core, screens]);
  return (
    <CoreContext value={core}>
      <QueryClientProvider client={screens}>{children}</QueryClientProvider>
    </CoreContext>
  );
}

/** What the school tells page by page is not fetched again under its reader's eyes. */
function isOfThisPhone({ queryKey }: Query): boolean {
  return queryKey[0] !== LOOKS;
}

// The core is on this phone: nothing goes stale by itself, nothing waits for a network, and what
// left the screen is not kept in memory for the next person.
function newScreens(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', staleTime: Infinity, gcTime: 0, retry: false },
    },
  });
}

export function useCore(): CoreClient {
  const core = useContext(CoreContext);
  if (core === null) throw new Error('useCore outside CoreProvider');
  return core;
}

/** A screen as the core shows it now; `undefined` until it is read, `null` if there is none. */
export function useScreen<N extends ScreenName>(
  ask: Ask<N> & { screen: N },
): Screens[N]['shows'] | null | undefined {
  const core = useCore();
  const { data, isError } = useQuery({
    queryKey: ['screen', ask],
    queryFn: () => core.read<N>(ask),
  });
  return isError ? null : data;
}

export function useStanding(): Standing {
  const core = useCore();
  const [standing, setStanding] = useState(core.standing);
  useEffect(() => {
    const look = () => setStanding(core.standing);
    look();
    core.addEventListener('standing', look);
    return () => core.removeEventListener('standing', look);
  }, [core]);
  return standing;
}
