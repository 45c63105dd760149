// A table that scrolls in its own box, under a heading that stays.
import type { ReactNode } from 'react';
import styles from './ScrollTable.module.css';

interface ScrollTableProps {
  /** What it is, for those who hear it. */
  title: string;
  columns: readonly ReactNode[];
  /** Rows. */
  children: ReactNode;
}

export function ScrollTable({ title, columns, children }: ScrollTableProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take focus
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={at} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
