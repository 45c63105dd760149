// Grey lines in the shape of what is being fetched; a screen reader hears one sentence instead.
import { T } from '~/i18n/T.tsx';
import styles from './Skeleton.module.css';

export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">
        <T id="loading" />
      </span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles.line} aria-hidden="true" />
      ))}
    </div>
  );
}
