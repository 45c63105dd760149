// By an agency's own sign-in while the page below has to stay: in another tab. Whoever comes back
// from there goes on; if they are not signed in after all, they are asked again.
import { useEffect } from 'react';
import { T } from '~/i18n/T.tsx';
import { useIssuers } from './useIssuers.ts';
import styles from './SignIn.module.css';

export function IssuerElsewhere({ onSignedIn }: { onSignedIn: () => void }) {
  const issuers = useIssuers();
  const offered = issuers.length > 0;
  useEffect(() => {
    if (!offered) return;
    const look = () => {
      if (document.visibilityState === 'visible') onSignedIn();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [offered, onSignedIn]);
  return issuers.map(({ agency, name }) => (
    <p key={agency} className={styles.help}>
      <a href="/staff/" target="_blank" rel="opener">
        <T id="issuer.elsewhere" values={{ name: <bdi>{name}</bdi> }} />
      </a>
    </p>
  ));
}
