// Everybody invited, with the answer that stands. An answer to a time that has since changed is
// shown as that: it does not say whether the person comes now.
import type { MeetingRowFragment } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { AnswerRow } from './AnswerRow.tsx';
import { standing } from './standing.ts';
import styles from './Meetings.module.css';

export function Answers({ meeting }: { meeting: MeetingRowFragment }) {
  const rows = standing(meeting);
  if (rows.length === 0) return null;
  const open = rows.filter(row => row.answer === undefined || row.answer.toOldTime).length;
  return (
    <>
      <p className={styles.when}>
        <T id="meetings.open" values={{ open, all: rows.length }} />
      </p>
      <ul className={styles.answers}>
        {rows.map(row => (
          <AnswerRow
            key={row.person}
            meeting={meeting.id}
            name={row.name}
            answer={row.answer}
            two={row.two}
          />
        ))}
      </ul>
    </>
  );
}
