// A form that was begun and not yet saved survives a reload, and a phone that puts the page away
// to save memory. It lives as long as the tab, and goes with the form or the sign-in.
import { useCallback, useState } from 'react';

const PREFIX = 'aimline.draft.';

export interface Draft<Value> {
  value: Value;
  /** It was begun before this page was opened. */
  found: boolean;
  change: (part: Partial<Value>) => void;
  /** The form is done with. */
  forget: () => void;
}

export function useDraft<Value extends object>(name: string, begin: () => Value): Draft<Value> {
  const key = PREFIX + name;
  const [{ value, found }, setDraft] = useState(() => {
    const kept = read(key) as Value | null;
    return { value: kept ?? begin(), found: kept !== null };
  });
  const change = useCallback(
    (part: Partial<Value>) =>
      setDraft(draft => {
        const next = { ...draft.value, ...part };
        write(key, next);
        return { ...draft, value: next };
      }),
    [key],
  );
  const forget = useCallback(() => sessionStorage.removeItem(key), [key]);
  return { value, found, change, forget };
}

/** Nothing that one person began is there for the next. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}

function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No room: the form is then only as safe as the page.
  }
}
