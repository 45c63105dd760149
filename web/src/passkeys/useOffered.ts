// Whether passkeys work on this page; `undefined` while that is being found out.
import { useEffect, useState } from 'react';
import { areOffered } from './authenticator.ts';

export function useOffered(): boolean | undefined {
  const [offered, setOffered] = useState<boolean>();
  useEffect(() => {
    let shown = true;
    void areOffered().then(known => shown && setOffered(known));
    return () => {
      shown = false;
    };
  }, []);
  return offered;
}
