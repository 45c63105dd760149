// The frame of a field whose control the device draws better than we would: choices, dates, times.
import { useId, type ReactNode } from 'react';
import { Optional } from './Optional.tsx';
import styles from './field.module.css';

export interface NativeFieldProps {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
}

interface ControlProps {
  id: string;
  className: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

export function NativeField(
  props: NativeFieldProps & { children: (control: ControlProps) => ReactNode },
) {
  const { label, help, error, optional, children } = props;
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`];
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional === true && <Optional />}
      </label>
      {help !== undefined && (
        <span className={styles.help} id={`${id}-help`}>
          {help}
        </span>
      )}
      {children({
        id,
        className: styles.control ?? '',
        'aria-invalid': error !== undefined,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
      })}
      {error !== undefined && (
        <span className={styles.error} id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
