// A page with one thing on it, before there is anything else to show.
import type { ReactNode } from 'react';
import { Wordmark } from '~/components/Wordmark.tsx';
import styles from './Lonely.module.css';

export function Lonely({ children }: { children: ReactNode }) {
  return (
    <main className={styles.lonely}>
      <Wordmark />
      {children}
    </main>
  );
}
