// A form that was begun and not yet saved. The core keeps it: it survives a closed tab and an empty
// battery, belongs to the person who began it, and is gone once the thing is done.
import { useCallback, useEffect, useRef, useState } from 'react';

const PAUSE = 250;

export interface Draft<Value> {
  value: Value;
  /** It was begun before this page was opened. */
  found: boolean;
  change: (part: Partial<Value>) => void;
  /** Begins anew; what was begun is thrown away. */
  startOver: () => void;
  /** The thing is done, or about to be: nothing more is kept. */
  stop: () => void;
}

/** `begun`: what the core has; `keep` gives the core what it shall have, null for nothing. */
export function useDraft<Value extends object>(
  begun: Value | null,
  begin: () => Value,
  keep: (value: Value | null) => Promise<void>,
): Draft<Value> {
  const [value, setValue] = useState(() => begun ?? begin());
  const [found, setFound] = useState(begun !== null);
  const unkept = useRef<Value | null>(null);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keepNow = useRef(keep);
  useEffect(() => {
    keepNow.current = keep;
  });

  const stop = useCallback(() => {
    clearTimeout(timer.current);
    unkept.current = null;
  }, []);

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const waiting = unkept.current;
    if (waiting === null) return;
    unkept.current = null;
    // Where the phone takes nothing more, saving will say so; the form is still on the page.
    keepNow.current(waiting).catch(() => undefined);
  }, []);

  const change = useCallback(
    (part: Partial<Value>) => {
      const next = { ...latest.current, ...part };
      latest.current = next;
      unkept.current = next;
      setValue(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE);
    },
    [flush],
  );

  const startOver = () => {
    stop();
    latest.current = begin();
    setValue(latest.current);
    setFound(false);
    void keepNow.current(null);
  };

  useEffect(() => {
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [flush]);

  return { value, found, change, startOver, stop };
}
