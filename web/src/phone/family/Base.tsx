// What stood there before two people wrote over it.
import { T } from '~/i18n/T.tsx';
import styles from './ConflictChoice.module.css';

export function Base({ words }: { words: string }) {
  if (words === '')
    return (
      <p className={styles.when}>
        <T id="conflict.base.empty" />
      </p>
    );
  return (
    <div>
      <p className={styles.when}>
        <T id="conflict.base" />
      </p>
      <p dir="auto" className={styles.text}>
        {words}
      </p>
    </div>
  );
}
