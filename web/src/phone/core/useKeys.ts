// The passkeys of the person whose copy is open.
import { useMemo } from 'react';
import { Keys } from '~/passkeys/keys.ts';
import { useAsk } from './useAsk.ts';

export function useKeys(): Keys {
  const ask = useAsk();
  return useMemo(() => new Keys(ask), [ask]);
}
