// One choice of a few, all in view; each may carry a line of explanation.
import { Label, RadioButton, RadioField, RadioGroup, Text } from 'react-aria-components';
import type { ReactNode } from 'react';
import field from './field.module.css';
import styles from './RadioList.module.css';

interface RadioListProps<Value extends string> {
  label: string;
  help?: string | undefined;
  value: Value | null;
  options: readonly { value: Value; text: ReactNode; help?: ReactNode }[];
  onChange: (value: Value) => void;
  across?: boolean;
}

export function RadioList<Value extends string>(props: RadioListProps<Value>) {
  const { label, help, value, options, onChange, across } = props;
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={value}
      onChange={chosen => onChange(chosen as Value)}
      orientation={across === true ? 'horizontal' : 'vertical'}
    >
      <Label className={field.label}>{label}</Label>
      {help !== undefined && (
        <Text slot="description" className={field.help}>
          {help}
        </Text>
      )}
      <div className={across === true ? styles.across : styles.list}>
        {options.map(option => (
          <RadioField key={option.value} value={option.value} className="">
            <RadioButton className={styles.option ?? ''}>
              <span className={styles.dot} />
              <span>
                {option.text}
                {option.help !== undefined && <span className={styles.help}>{option.help}</span>}
              </span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
