// On which day, from when to when. Begins as "it has just ended"; mostly one touch sets it right.
import { useId } from 'react';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { momentOf } from './clock.ts';
import { TimeStepper } from './TimeStepper.tsx';
import styles from './When.module.css';

export interface Span {
  day: string;
  start: string;
  end: string;
}

interface WhenProps {
  span: Span;
  today: string;
  onChange: (span: Span) => void;
}

export function minutesOf({ day, start, end }: Span): number {
  return Math.round((momentOf(day, end) - momentOf(day, start)) / 60_000);
}

export function When({ span, today, onChange }: WhenProps) {
  const say = useText();
  const id = useId();
  const minutes = minutesOf(span);
  const wrong = minutes < 1 ? id : undefined;
  return (
    <section className={styles.when} aria-label={say('visit.when')}>
      <div className={styles.times}>
        <TimeStepper
          label={say('visit.start')}
          value={span.start}
          error={wrong}
          onChange={start => onChange({ ...span, start })}
        />
        <TimeStepper
          label={say('visit.end')}
          value={span.end}
          error={wrong}
          onChange={end => onChange({ ...span, end })}
        />
      </div>
      <div className={styles.foot}>
        <p id={id} role="status" className={wrong ? styles.wrong : styles.length}>
          {wrong ? <T id="visit.backwards" /> : <T id="visit.minutes" values={{ minutes }} />}
        </p>
        <input
          type="date"
          required
          className={styles.day}
          aria-label={say('visit.day')}
          value={span.day}
          max={today}
          onChange={event => onChange({ ...span, day: event.target.value })}
        />
      </div>
    </section>
  );
}
