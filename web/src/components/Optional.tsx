// Marks a field that may stay empty; every other field is needed.
import { T } from '~/i18n/T.tsx';
import styles from './field.module.css';

export function Optional() {
  return (
    <span className={styles.optional}>
      {' '}
      <T id="field.optional" />
    </span>
  );
}
