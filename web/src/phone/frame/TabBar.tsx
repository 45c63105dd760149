// The three places of the phone app. What waits to be sent is counted on its tab.
import { House, Send, Settings } from 'lucide-react';
import { NavLink } from 'react-router';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import styles from './TabBar.module.css';

export function TabBar() {
  const say = useText();
  const waiting = useScreen({ screen: 'outbox' })?.operations.length ?? 0;
  return (
    <nav className={styles.tabs} aria-label={say('tabs.label')}>
      <NavLink to="/" end className={styles.tab}>
        <House aria-hidden="true" />
        <T id="tabs.home" />
      </NavLink>
      <NavLink to="/waiting" className={styles.tab}>
        <span className={styles.counted}>
          <Send aria-hidden="true" className={styles.plane} />
          {waiting > 0 && (
            <span className={styles.count} aria-hidden="true">
              {waiting}
            </span>
          )}
        </span>
        <T id="tabs.waiting" />
        {waiting > 0 && (
          <span className="visually-hidden">
            <T id="tabs.waiting.count" values={{ count: waiting }} />
          </span>
        )}
      </NavLink>
      <NavLink to="/settings" className={styles.tab}>
        <Settings aria-hidden="true" />
        <T id="tabs.settings" />
      </NavLink>
    </nav>
  );
}
