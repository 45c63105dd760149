// Text that keeps itself: what is typed is given to the core when the typing pauses, when the
// field is left, and when the page goes out of sight. There is nothing to press and to forget.
import { useCallback, useEffect, useRef, useState } from 'react';

export type Keeping = 'untouched' | 'typing' | 'kept' | 'failed';

const PAUSE = 500;

export interface Autosaved {
  text: string;
  keeping: Keeping;
  change: (text: string) => void;
  /** Gives the core what it does not have yet; resolves once it does. */
  flush: () => Promise<void>;
}

/** `keep` is told as well what stood in the field when this was begun: others may have written since. */
export function useAutosave(
  inCore: string,
  keep: (text: string, saw: string) => Promise<void>,
): Autosaved {
  const [text, setText] = useState(inCore);
  const [seen, setSeen] = useState(inCore);
  const [keeping, setKeeping] = useState<Keeping>('untouched');
  const unkept = useRef<string | null>(null);
  const saw = useRef(inCore);
  const begun = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keepNow = useRef(keep);
  useEffect(() => {
    keepNow.current = keep;
  });

  // Somebody else's words arrive while nothing of one's own is under the pen: show them.
  if (seen !== inCore) {
    setSeen(inCore);
    if (keeping !== 'typing' && keeping !== 'failed') setText(inCore);
  }

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const latest = unkept.current;
    if (latest === null) return;
    unkept.current = null;
    const over = saw.current;
    const nth = ++begun.current;
    try {
      await keepNow.current(latest, over);
      setKeeping(before => (typedSince(unkept) ? before : 'kept'));
    } catch (cause) {
      // Unless newer words are on their way already: these would be kept over them.
      if (begun.current === nth) {
        unkept.current ??= latest;
        saw.current = over;
      }
      setKeeping('failed');
      throw cause;
    }
  }, []);

  const change = useCallback(
    (typed: string) => {
      if (unkept.current === null) saw.current = text;
      setText(typed);
      setKeeping('typing');
      unkept.current = typed;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush().catch(() => undefined), PAUSE);
    },
    [flush, text],
  );

  useEffect(() => {
    const leave = () => void flush().catch(() => undefined);
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      leave();
    };
  }, [flush]);

  return { text, keeping, change, flush };
}

function typedSince(unkept: { current: string | null }): boolean {
  return unkept.current !== null;
}
