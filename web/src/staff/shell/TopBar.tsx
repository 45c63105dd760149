import {
  Archive,
  FileInput,
  GitCompareArrows,
  IdCard,
  MonitorSmartphone,
  UsersRound,
} from 'lucide-react';
import { Link, NavLink } from 'react-router';
import { Wordmark } from '~/components/Wordmark.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import type { Viewer } from '../session/useViewer.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { useAgency } from './Agency.tsx';
import { AgencySelect } from './AgencySelect.tsx';
import styles from './Frame.module.css';

export function TopBar({ viewer }: { viewer: Viewer }) {
  const say = useText();
  const { staffRole } = useAgency().membership;
  const keepsPeople = staffRole === 'DIRECTOR' || staffRole === 'OFFICE';
  const chooses = staffRole === 'DIRECTOR' || staffRole === 'CASE_MANAGER';
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.home}>
        <Wordmark size={30} />
      </Link>
      <nav className={styles.nav} aria-label={say('frame.nav')}>
        <NavLink to="/" end className={styles.link ?? ''}>
          <UsersRound aria-hidden="true" size={18} />
          <T id="students.title" />
        </NavLink>
        {chooses && (
          <NavLink to="/choices" className={styles.link ?? ''}>
            <GitCompareArrows aria-hidden="true" size={18} />
            <T id="conflicts.title" />
          </NavLink>
        )}
        <NavLink to="/devices" className={styles.link ?? ''}>
          <MonitorSmartphone aria-hidden="true" size={18} />
          <T id="devices.title" />
        </NavLink>
        {staffRole === 'DIRECTOR' && (
          <NavLink to="/staff" className={styles.link ?? ''}>
            <IdCard aria-hidden="true" size={18} />
            <T id="staffList.title" />
          </NavLink>
        )}
        {staffRole === 'DIRECTOR' && (
          <NavLink to="/retention" className={styles.link ?? ''}>
            <Archive aria-hidden="true" size={18} />
            <T id="retention.title" />
          </NavLink>
        )}
        {keepsPeople && (
          <NavLink to="/imports" className={styles.link ?? ''}>
            <FileInput aria-hidden="true" size={18} />
            <T id="imports.title" />
          </NavLink>
        )}
      </nav>
      <AgencySelect />
      <AccountMenu viewer={viewer} />
    </header>
  );
}
