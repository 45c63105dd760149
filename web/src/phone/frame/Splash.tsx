// The moment while the core opens its database. Words come only if the moment grows long.
import { useEffect, useState } from 'react';
import { Spinner } from '~/components/Spinner.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { T } from '~/i18n/T.tsx';
import styles from './Splash.module.css';

const LONG = 6_000;

export function Splash() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className={styles.splash}>
      <Wordmark size={56} />
      <p role="status" className={styles.words}>
        <Spinner />
        {long && <T id="splash.long" />}
      </p>
    </main>
  );
}
