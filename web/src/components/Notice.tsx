// A message in the page: what happened and what to do next. `bad` interrupts a screen reader, the
// others wait for it.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

const icons = { info: Info, good: CircleCheck, aim: TriangleAlert, bad: CircleAlert };

interface NoticeProps {
  tone?: keyof typeof icons;
  title?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

export function Notice({ tone = 'info', title, action, children }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      className={`${styles.notice ?? ''} ${styles[tone] ?? ''}`}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon aria-hidden="true" size={20} />
      <div className={styles.words}>
        {title !== undefined && <strong>{title}</strong>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {action}
    </div>
  );
}
