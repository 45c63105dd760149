// The frame of the ways in: name, language, and one short form.
import { useEffect, useRef, type ReactNode } from 'react';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { NewVersion } from '../frame/Banners.tsx';
import styles from './Door.module.css';

interface DoorProps {
  title: ReactNode;
  lead: ReactNode;
  /** It took the place of a page that somebody was reading: its title is read aloud. */
  arrives?: boolean;
  /** This version cannot go on. */
  tooOld?: boolean;
  children: ReactNode;
}

export function Door({ title, lead, arrives = false, tooOld = false, children }: DoorProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrives) heading.current?.focus();
  }, [arrives]);
  return (
    <div className={styles.door}>
      <header className={styles.head}>
        <Wordmark />
        <LanguageSelect />
      </header>
      <main className={styles.main}>
        <NewVersion needed={tooOld} />
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p>{lead}</p>
        </div>
        {children}
      </main>
    </div>
  );
}
