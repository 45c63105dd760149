// Fetches a query again within a second of a change to one of the watched nodes.
import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { liveState, onLiveState, watch, type LiveState } from './live.ts';

export function useWatch(ids: readonly string[], key: QueryKey): void {
  const queries = useQueryClient();
  const [idText, keyText] = [ids.join(' '), JSON.stringify(key)];
  useEffect(() => {
    if (idText === '') return;
    return watch(idText.split(' '), fetchingAgain(queries, JSON.parse(keyText) as QueryKey));
  }, [idText, keyText, queries]);
}

/**
 * Fetches again after each call. An answer that is still on its way may have been written before
 * the change, so it is waited for and then asked once more; many changes meanwhile are one fetch.
 */
export function fetchingAgain(queries: QueryClient, queryKey: QueryKey): () => void {
  let [fetching, wanted] = [false, false];
  const fetch = async () => {
    fetching = true;
    while (wanted) {
      wanted = queries.isFetching({ queryKey }) > 0;
      await queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }
    fetching = false;
  };
  return () => {
    wanted = true;
    if (!fetching) void fetch();
  };
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(onLiveState, liveState);
}
