// The code with what to do with it. The sheet names no student.
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Invitation.module.css';

interface InvitationSheetProps {
  code: string;
  until: string | null;
  name: string;
}

export function InvitationSheet({ code, until, name }: InvitationSheetProps) {
  const say = useText();
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  return (
    <div className={styles.letter} data-printed>
      <p>
        <T id="invitation.for" values={{ name: <bdi>{name}</bdi> }} />
      </p>
      <output className={styles.code} translate="no" aria-label={say('invitation.code')}>
        {code}
      </output>
      <ol className={styles.steps}>
        <li>
          <T
            id="invitation.step.open"
            values={{ address: <bdi>{`${location.origin}/phone/`}</bdi> }}
          />
        </li>
        <li>
          <T id="invitation.step.code" />
        </li>
        <li>
          <T id="invitation.step.password" />
        </li>
      </ol>
      {until !== null && (
        <p>
          <T id="invitation.until" values={{ day: dates.dateOf(until) }} />
        </p>
      )}
    </div>
  );
}
