// The passkeys of the person whose copy is open.
import { useMemo } from 'react';
import { Keys } from '~/passkeys/keys.ts';
import { useCore } from './CoreProvider.tsx';

export function useKeys(): Keys {
  const core = useCore();
  return useMemo(() => new Keys((path, body) => core.ask(path, body)), [core]);
}
