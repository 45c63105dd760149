// The ways in by an agency's own sign-in, below the form for those with a password here.
import { useLocation } from 'react-router';
import { goToIssuer, type Refusal } from '~/api/auth.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { leaveFrom } from './place.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';
import { useIssuers } from './useIssuers.ts';
import styles from './SignIn.module.css';

/** The page is being left; who is here still after so long turned around on the way. */
const LEAVING = 10_000;

export function IssuerEntry() {
  const issuers = useIssuers();
  const { pathname, search } = useLocation();
  const entry = useEntry(() => undefined);
  if (issuers.length === 0) return null;
  const leaveFor = async (agency: string): Promise<Refusal> => {
    leaveFrom(pathname + search);
    const refused = await goToIssuer(agency);
    if (refused !== null) return refused;
    await new Promise(resolve => setTimeout(resolve, LEAVING));
    return 'issuer';
  };
  return (
    <div className={styles.form}>
      <Refused entry={entry} />
      {issuers.map(({ agency, name }) => (
        <Button
          key={agency}
          wide
          pending={entry.pending}
          onPress={() => entry.attempt(() => leaveFor(agency))}
        >
          <T id="issuer.signIn" values={{ name: <bdi>{name}</bdi> }} />
        </Button>
      ))}
    </div>
  );
}
