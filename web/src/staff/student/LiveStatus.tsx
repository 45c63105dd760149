// Says whether the page hears of changes, and what came in last, to eye and ear alike.
import { useLiveState } from '~/api/useWatch.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from './StudentContext.ts';
import { useNewsWords } from './useNewsWords.ts';
import type { News } from './useStudent.ts';
import styles from './Student.module.css';

export function LiveStatus({ news }: { news: News | null }) {
  const state = useLiveState();
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const words = useNewsWords();
  const told = state === 'lost' ? null : news;
  return (
    <p
      className={styles.live}
      role="status"
      data-state={state}
      data-news={told !== null || undefined}
    >
      <span className={styles.pulse} aria-hidden="true" />
      <span>
        {told === null ? (
          <T id={`live.${state}`} />
        ) : (
          <T id="live.arrived" values={{ time: dates.time(told.at), what: words(told.arrivals) }} />
        )}
      </span>
    </p>
  );
}
