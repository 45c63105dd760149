// One page of the phone app: where one is, the way back, the state of sending, what it shows, and
// the tabs at the thumb.
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useText } from '~/i18n/useText.ts';
import { Banners } from './Banners.tsx';
import { LeaveButton } from './LeaveButton.tsx';
import { StatusLine } from './StatusLine.tsx';
import { TabBar } from './TabBar.tsx';
import { useArrival } from './useArrival.ts';
import { useBack } from './useBack.ts';
import styles from './Screen.module.css';

interface ScreenProps {
  title: ReactNode;
  /** A line under the title: whose, which district. */
  under?: ReactNode;
  /** The page above, for those who did not come from another one; the tabs' own pages have none. */
  back?: string;
  /** Stays at the thumb while the page scrolls: the one thing to do here. */
  action?: ReactNode;
  /** Something is being written here: nothing else may ask for attention. */
  writing?: boolean;
  children: ReactNode;
}

export function Screen({ title, under, back, action, writing = false, children }: ScreenProps) {
  const say = useText();
  const heading = useArrival();
  const goBack = useBack(back ?? '/');
  return (
    <div className={styles.screen}>
      <header>
        <div className={styles.head}>
          {back !== undefined && (
            <Button className={styles.back ?? ''} aria-label={say('frame.back')} onPress={goBack}>
              <ArrowLeft aria-hidden="true" className={styles.arrow} />
            </Button>
          )}
          <div className={styles.title}>
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {under !== undefined && <p className={styles.under}>{under}</p>}
          </div>
          <LeaveButton />
        </div>
        <StatusLine />
      </header>
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
