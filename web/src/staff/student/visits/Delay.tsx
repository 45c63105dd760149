// Tells that something was written offline and reached us later.
import { CloudDownload } from 'lucide-react';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Visits.module.css';

const worthTelling = 15 * 60_000;

export function Delay({ happened, received }: { happened: string; received: string }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  if (Date.parse(received) - Date.parse(happened) < worthTelling) return null;
  return (
    <p className={styles.delay}>
      <CloudDownload aria-hidden="true" size={16} />
      <span>
        <T id="visits.received" values={{ received: dates.moment(received) }} />
      </span>
    </p>
  );
}
