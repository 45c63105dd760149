// One line that is always true: whether there is a network, and whether something still waits on
// this phone or has yet to arrive on it. Changes are announced; the time of the last contact and
// how much has arrived are not, it would never be quiet.
import { CircleAlert, CircleCheck, CloudDownload, CloudOff, LockKeyhole, Send } from 'lucide-react';
import { Link } from 'react-router';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { stateOf } from './sendingState.ts';
import styles from './StatusLine.module.css';

const icons = {
  parked: CircleAlert,
  locked: LockKeyhole,
  offline: CloudOff,
  sending: Send,
  fetching: CloudDownload,
  sent: CircleCheck,
};

export function StatusLine() {
  const home = useScreen({ screen: 'home' });
  const outbox = useScreen({ screen: 'outbox' });
  const session = useScreen({ screen: 'session' });
  const dates = useDates();
  if (!home || !outbox || !session) return <p className={styles.line} role="status" />;
  const { is, count } = stateOf(session, home, outbox);
  const Icon = icons[is];
  return (
    <Link to="/waiting" className={styles.line} data-is={is}>
      <Icon aria-hidden="true" size={16} />
      <span role="status">
        <T id={`status.${is}`} values={{ count }} />
      </span>
      {is === 'fetching' && count > 0 && (
        <span className={styles.when}>
          <T id="status.fetched" values={{ count }} />
        </span>
      )}
      {is === 'sent' && outbox.lastContact !== null && (
        <span className={styles.when}>{dates.time(outbox.lastContact)}</span>
      )}
    </Link>
  );
}
