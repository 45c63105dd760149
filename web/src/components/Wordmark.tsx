// Mark and name, as they stand at the head of every page.
import { T } from '~/i18n/T.tsx';
import { Mark } from './Mark.tsx';
import styles from './Wordmark.module.css';

export function Wordmark({ size = 32 }: { size?: number }) {
  return (
    <span className={styles.wordmark}>
      <Mark size={size} />
      <span translate="no">
        <T id="app.name" />
      </span>
    </span>
  );
}
