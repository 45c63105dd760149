// Ends the sign-in here and forgets everything that was fetched.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { signOut } from '~/api/auth.ts';
import { stopListening } from '~/api/live.ts';
import { sessionEnd } from '~/api/sessionEnd.ts';
import { viewerKey } from './useViewer.ts';

export function useSignOut(): { signOut: () => Promise<void>; forget: () => void } {
  const queries = useQueryClient();
  const forget = useCallback(() => {
    stopListening();
    sessionEnd.set(false);
    queries.clear();
    queries.setQueryData(viewerKey, null);
  }, [queries]);
  const leave = useCallback(async () => {
    await signOut();
    forget();
  }, [forget]);
  return { signOut: leave, forget };
}
