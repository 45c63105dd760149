// Short facts as term and value, side by side where there is room.
import type { ReactNode } from 'react';
import styles from './Definitions.module.css';

export function Definitions({
  items,
}: {
  items: readonly { term: ReactNode; value: ReactNode }[];
}) {
  return (
    <dl className={styles.list}>
      {items.map(({ term, value }, index) => (
        <div key={index}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
