// The way to another page: where it leads, why one would go, and what waits there.
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Way.module.css';

interface WayProps {
  to: string;
  icon?: ReactNode;
  badge?: ReactNode;
  help?: ReactNode;
  children: ReactNode;
}

/** Ways that stand one under the other in a box. */
export function Ways({ children }: { children: ReactNode }) {
  return <ul className={styles.ways}>{children}</ul>;
}

export function Way({ to, icon, badge, help, children }: WayProps) {
  return (
    <Link to={to} className={styles.way}>
      {icon}
      <span className={styles.words}>
        <span className={styles.name}>
          {children} {badge}
        </span>
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
      <ChevronRight aria-hidden="true" />
    </Link>
  );
}
