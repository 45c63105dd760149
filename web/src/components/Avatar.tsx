// A person's initials; the name stands beside it in words.
import styles from './Avatar.module.css';

export function Avatar({ name, size = 'normal' }: { name: string; size?: 'normal' | 'large' }) {
  return (
    <span
      className={`${styles.avatar ?? ''} ${styles[size] ?? ''}`}
      aria-hidden="true"
      translate="no"
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map(word => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
