// A leaf of a calendar; the words beside it say the same.
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Meetings.module.css';

export function DayLeaf({ at }: { at: string }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  return (
    <span className={styles.leaf} aria-hidden="true">
      <span>{dates.monthOf(at)}</span>
      <strong>{dates.dayOf(at)}</strong>
    </span>
  );
}
