// What stands where nothing is yet: why it is empty and what fills it.
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

export function EmptyState({ icon, title, action, children }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon}
      <div className={styles.title}>{title}</div>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}
