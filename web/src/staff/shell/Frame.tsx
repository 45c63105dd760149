// The bar at the top, the page below, and a way past the bar for the keyboard.
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { T } from '~/i18n/T.tsx';
import type { Viewer } from '../session/useViewer.ts';
import { TopBar } from './TopBar.tsx';
import styles from './Frame.module.css';

export function Frame({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);

  // A new page is read from its beginning, by eye and by screen reader.
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      <a className={styles.skip} href="#main">
        <T id="frame.skip" />
      </a>
      <TopBar viewer={viewer} />
      <main className={styles.main} id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
