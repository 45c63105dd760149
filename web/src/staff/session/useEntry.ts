// One attempt after the other to come in, and why the last one failed.
import { useState } from 'react';
import type { Refusal } from '~/api/auth.ts';
import { asFault, type Fault } from '~/api/fault.ts';

export interface Entry {
  /** Whether somebody pressed the button: only then a missing word is an error. */
  tried: boolean;
  pending: boolean;
  refusal: Refusal | null;
  fault: Fault | null;
  /** Tries; `false` when something is missing yet. */
  attempt: (enter: (() => Promise<Refusal | null>) | false) => void;
}

export function useEntry(onSignedIn: () => void): Entry {
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const attempt: Entry['attempt'] = enter => {
    setTried(true);
    if (enter === false) return;
    setPending(true);
    setFault(null);
    setRefusal(null);
    enter()
      .then(refused => {
        if (refused === null) onSignedIn();
        else setRefusal(refused);
      })
      .catch((error: unknown) => setFault(asFault(error)))
      .finally(() => setPending(false));
  };
  return { tried, pending, refusal, fault, attempt };
}
