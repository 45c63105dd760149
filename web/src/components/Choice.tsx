// A small choice that stands in a bar, without a visible label: language, colours. In a form, use
// Select.
import type { ReactNode } from 'react';
import styles from './Choice.module.css';

interface ChoiceProps<Value extends string> {
  icon: ReactNode;
  label: string;
  value: Value;
  options: readonly { value: Value; text: string; lang?: string }[];
  onChange: (value: Value) => void;
}

export function Choice<Value extends string>({
  icon,
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <label className={styles.choice}>
      {icon}
      <span className="visually-hidden">{label}</span>
      <select
        value={value}
        onChange={event => {
          const chosen = options.find(option => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map(option => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
