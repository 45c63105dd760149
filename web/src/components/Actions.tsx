// The row of buttons that ends a form or a dialog; the main one stands last and wraps first.
import type { ReactNode } from 'react';
import styles from './Actions.module.css';

export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
