// Whether passkeys work on this page; `undefined` while that is being found out, `null` when nobody
// could be asked: then it is asked again.
import { useEffect, useState } from 'react';
import { areOffered } from './authenticator.ts';

const AGAIN_AFTER = 3_000;

export function useOffered(): boolean | null | undefined {
  const [offered, setOffered] = useState<boolean | null>();
  useEffect(() => {
    let shown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const find = async () => {
      const known = await areOffered();
      if (!shown) return;
      setOffered(known);
      if (known === null) timer = setTimeout(() => void find(), AGAIN_AFTER);
    };
    void find();
    return () => {
      shown = false;
      clearTimeout(timer);
    };
  }, []);
  return offered;
}
