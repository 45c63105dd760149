// The agencies' own sign-ins that the door offers; none until that is known.
import { useEffect, useState } from 'react';
import { waysIn, type IssuerOffer } from '~/api/ways.ts';

const none: IssuerOffer[] = [];

export function useIssuers(): IssuerOffer[] {
  const [issuers, setIssuers] = useState(none);
  useEffect(() => {
    let shown = true;
    void waysIn().then(ways => {
      if (shown && ways !== null) setIssuers(ways.issuers);
    });
    return () => {
      shown = false;
    };
  }, []);
  return issuers;
}
