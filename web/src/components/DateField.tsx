// A day, a time of day, or both, through the device's own picker. Values are local text as the
// control gives it: `2026-11-03`, `09:15`, `2026-11-03T09:15`; empty while incomplete.
import { NativeField, type NativeFieldProps } from './NativeField.tsx';

interface DateFieldProps extends NativeFieldProps {
  type: 'date' | 'time' | 'datetime-local';
  value: string;
  min?: string;
  max?: string;
  onChange: (value: string) => void;
}

export function DateField({ type, value, min, max, onChange, ...field }: DateFieldProps) {
  return (
    <NativeField {...field}>
      {control => (
        <input
          {...control}
          type={type}
          value={value}
          min={min}
          max={max}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </NativeField>
  );
}
