// Who looked at a child's record, as the server tells the phone. With signal again it is asked again
// by itself; a refusal while the core renews its sign-in is asked once more before it is told.
import { useEffect } from 'react';
import { asFault } from '~/api/fault.ts';
import { question } from '~/api/question.ts';
import { WhoLookedDocument } from '~/api/schema.ts';
import { useLooks } from '~/looks/useLooks.ts';
import { useAsk } from '../core/useAsk.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { nodeOf } from '../words/nodeOf.ts';

/** What a repeat may mend by itself. */
export const PASSING = new Set(['offline', 'signIn', 'wait']);

export function useChildsLooks(agency: string, id: string) {
  const ask = useAsk();
  const online = useScreen({ screen: 'home' })?.online ?? true;
  const looks = useLooks(
    nodeOf('stu', agency, id),
    variables => question(ask, WhoLookedDocument, variables),
    {
      networkMode: 'always',
      retry: (count, error) => online && count < 2 && PASSING.has(asFault(error).kind),
      retryDelay: 1_500,
    },
  );
  const { isLoadingError, refetch } = looks.query;
  // Only when the signal comes back: a failure while there is one is the person's to repeat.
  useEffect(() => {
    if (online && isLoadingError) void refetch();
  }, [online]);
  return looks;
}
