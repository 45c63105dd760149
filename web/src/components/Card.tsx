// One thing on the page under its heading, with what can be done with it at the end of that line.
import { useId, type ReactNode } from 'react';
import styles from './Card.module.css';

interface CardProps {
  title?: ReactNode;
  /** The heading's rank on the page. */
  level?: 2 | 3;
  id?: string;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

export function Card({ title, level = 2, id, note, action, children }: CardProps) {
  const headingId = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  if (title === undefined) return <div className={styles.card}>{children}</div>;
  return (
    <section
      className={styles.card}
      id={id}
      aria-labelledby={headingId}
      tabIndex={id === undefined ? undefined : -1}
    >
      <header className={styles.head}>
        <div className={styles.words}>
          <Heading id={headingId}>{title}</Heading>
          {note !== undefined && <p className={styles.note}>{note}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
