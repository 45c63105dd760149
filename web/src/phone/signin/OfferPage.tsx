// After a code was redeemed: the next time, the phone's own lock is enough.
import { Link, Navigate, useNavigate } from 'react-router';
import { T } from '~/i18n/T.tsx';
import { AddPasskey } from '~/passkeys/AddPasskey.tsx';
import { useOffered } from '~/passkeys/useOffered.ts';
import { useKeys } from '../core/useKeys.ts';
import { Splash } from '../frame/Splash.tsx';
import { Door } from './Door.tsx';
import styles from './Door.module.css';

export function OfferPage() {
  const keys = useKeys();
  const go = useNavigate();
  const offered = useOffered();
  if (offered === undefined) return <Splash />;
  // The one moment at which it is offered: not passed over because nobody could be asked just now.
  if (offered === false) return <Navigate to="/" replace />;
  return (
    <Door title={<T id="passkey.offer.title" />} lead={<T id="passkey.offer.lead" />}>
      <AddPasskey keys={keys} wide onAdded={() => void go('/', { replace: true })} />
      <Link to="/" replace className={styles.link ?? ''}>
        <T id="passkey.offer.later" />
      </Link>
    </Door>
  );
}
