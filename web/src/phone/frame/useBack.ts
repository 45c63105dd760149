// The way back: to where one came from inside the app, else to the page above.
import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';

export function useBack(above: string): () => void {
  const go = useNavigate();
  // The first page of a visit to the app has this key; behind it lies another site.
  const first = useLocation().key === 'default';
  return useCallback(
    () => void (first ? go(above, { replace: true }) : go(-1)),
    [above, first, go],
  );
}
