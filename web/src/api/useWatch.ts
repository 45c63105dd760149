// Fetches a query again within a second of a change to one of the watched nodes.
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { liveState, onLiveState, watch, type LiveState } from './live.ts';

export function useWatch(ids: readonly string[], key: QueryKey): void {
  const queries = useQueryClient();
  const [idText, keyText] = [ids.join(' '), JSON.stringify(key)];
  useEffect(() => {
    if (idText === '') return;
    return watch(idText.split(' '), () => {
      void queries.invalidateQueries({ queryKey: JSON.parse(keyText) as QueryKey });
    });
  }, [idText, keyText, queries]);
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(onLiveState, liveState);
}
