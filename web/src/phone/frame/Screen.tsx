// One page of the phone app: where one is, the way back, the state of sending, what it shows, and
// the tabs at the thumb. Focus goes to the title when a page opens, so that it is read aloud.
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '~/i18n/useText.ts';
import { Banners } from './Banners.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TabBar } from './TabBar.tsx';
import styles from './Screen.module.css';

interface ScreenProps {
  title: ReactNode;
  /** A line under the title: whose, which district. */
  under?: ReactNode;
  /** Where the way back leads; the tabs' own pages have none. */
  back?: string;
  /** Stays at the thumb while the page scrolls: the one thing to do here. */
  action?: ReactNode;
  /** Something is being written here: nothing else may ask for attention. */
  writing?: boolean;
  children: ReactNode;
}

export function Screen({ title, under, back, action, writing = false, children }: ScreenProps) {
  const say = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        {back !== undefined && (
          <Link to={back} className={styles.back} aria-label={say('frame.back')}>
            <ArrowLeft aria-hidden="true" className={styles.arrow} />
          </Link>
        )}
        <div className={styles.title}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {under !== undefined && <p className={styles.under}>{under}</p>}
        </div>
      </header>
      <StatusLine />
      <main className={styles.main}>
        {!writing && <Banners />}
        {children}
      </main>
      <footer className={styles.foot}>
        {action !== undefined && <div className={styles.action}>{action}</div>}
        {!writing && <TabBar />}
      </footer>
    </div>
  );
}
