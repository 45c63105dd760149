// Day, start and end, on the school's clock.
import { DateField } from '~/components/DateField.tsx';
import { useText } from '~/i18n/useText.ts';
import { useStudentView } from '../StudentContext.ts';
import { endsTooEarly, type Times } from './times.ts';
import styles from './Meetings.module.css';

export function TimeFields({
  times,
  onChange,
}: {
  times: Times;
  onChange: (times: Times) => void;
}) {
  const say = useText();
  const { timeZone } = useStudentView();
  const zone = timeZone.replace(/^.*\//, '').replaceAll('_', ' ');
  return (
    <div className={styles.times}>
      <DateField
        type="date"
        label={say('meetings.day')}
        help={say('meetings.day.help', { zone })}
        value={times.day}
        onChange={day => onChange({ ...times, day })}
      />
      <DateField
        type="time"
        label={say('meetings.from')}
        value={times.from}
        onChange={from => onChange({ ...times, from })}
      />
      <DateField
        type="time"
        label={say('meetings.to')}
        error={endsTooEarly(times) ? say('meetings.to.early') : undefined}
        value={times.to}
        onChange={to => onChange({ ...times, to })}
      />
    </div>
  );
}
