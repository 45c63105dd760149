// The code with what to do with it. The sheet names no student.
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import styles from './Codes.module.css';

export interface SheetProps {
  code: string;
  until: string | null;
  name: string;
  /** Where it is typed in. */
  at: 'phone' | 'desk';
  /** The agency's. */
  timeZone: string;
}

export function CodeSheet({ code, until, name, at, timeZone }: SheetProps) {
  const say = useText();
  const dates = useDates(timeZone);
  const { origin } = location;
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
          {at === 'phone' ? (
            <T id="invitation.step.open" values={{ address: <bdi>{`${origin}/phone/`}</bdi> }} />
          ) : (
            <T id="entry.step.open" values={{ address: <bdi>{`${origin}/staff/redeem`}</bdi> }} />
          )}
        </li>
        <li>
          <T id={at === 'phone' ? 'invitation.step.code' : 'entry.step.code'} />
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
