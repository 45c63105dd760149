// Rows of the same kind, divided by hairlines.
import type { ReactNode } from 'react';
import { T } from '~/i18n/T.tsx';
import { Badge } from './Badge.tsx';
import styles from './List.module.css';

export function List({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  lead?: ReactNode;
  end?: ReactNode;
  /** Came in while the page was open. */
  fresh?: boolean | undefined;
  children: ReactNode;
}

export function Row({ lead, end, fresh, children }: RowProps) {
  return (
    <li className={styles.row} data-fresh={fresh === true || undefined}>
      {lead}
      <div className={styles.body}>{children}</div>
      {fresh === true && (
        <Badge tone="aim">
          <T id="new" />
        </Badge>
      )}
      {end !== undefined && <div className={styles.end}>{end}</div>}
    </li>
  );
}
