// A word or two about the state of something. The words carry the meaning, the colour repeats it.
import type { ReactNode } from 'react';
import styles from './Badge.module.css';

interface BadgeProps {
  tone?: 'plain' | 'brand' | 'good' | 'aim' | 'bad';
  icon?: ReactNode;
  children: ReactNode;
}

export function Badge({ tone = 'plain', icon, children }: BadgeProps) {
  return (
    <span className={`${styles.badge ?? ''} ${styles[tone] ?? ''}`}>
      {icon}
      {children}
    </span>
  );
}
