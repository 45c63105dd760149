// The way to the server for what is no record of this phone: in the name of the person whose copy
// is open, and only while there is contact.
import { useMemo } from 'react';
import { Fault } from '~/api/fault.ts';
import type { Ask } from '~/api/question.ts';
import { useCore } from './CoreProvider.tsx';

export function useAsk(): Ask {
  const core = useCore();
  return useMemo(
    () => (path, body) =>
      core.ask(path, body).catch(() => {
        throw new Fault('offline');
      }),
    [core],
  );
}
