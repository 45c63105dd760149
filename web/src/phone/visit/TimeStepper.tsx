// A time of day: five minutes back or forth with the thumb, or exactly with the phone's own clock.
import { useId } from 'react';
import { Button } from 'react-aria-components';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { shifted } from './clock.ts';
import styles from './TimeStepper.module.css';

interface TimeStepperProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The id of what is wrong with it. */
  error?: string | undefined;
}

const STEP = 5;

export function TimeStepper({ label, value, onChange, error }: TimeStepperProps) {
  const say = useText();
  const id = useId();
  const step = (minutes: number) => () => onChange(shifted(value, minutes));
  return (
    <div className={styles.stepper}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        className={styles.time}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error}
        onChange={event => onChange(event.target.value)}
      />
      <div className={styles.steps}>
        <Button
          className={styles.step ?? ''}
          aria-label={say('visit.earlier', { label, minutes: STEP })}
          onPress={step(-STEP)}
        >
          <T id="visit.minus" values={{ minutes: STEP }} />
        </Button>
        <Button
          className={styles.step ?? ''}
          aria-label={say('visit.later', { label, minutes: STEP })}
          onPress={step(STEP)}
        >
          <T id="visit.plus" values={{ minutes: STEP }} />
        </Button>
      </div>
    </div>
  );
}
