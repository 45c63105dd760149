// Several choices of a short list.
import { Check } from 'lucide-react';
import {
  CheckboxButton,
  CheckboxField,
  CheckboxGroup,
  FieldError,
  Label,
  Text,
} from 'react-aria-components';
import type { ReactNode } from 'react';
import field from './field.module.css';
import styles from './CheckboxList.module.css';

interface CheckboxListProps {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  value: string[];
  options: readonly { value: string; text: ReactNode }[];
  onChange: (value: string[]) => void;
}

export function CheckboxList({ label, help, error, value, options, onChange }: CheckboxListProps) {
  return (
    <CheckboxGroup
      className={field.field ?? ''}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={field.label}>{label}</Label>
      {help !== undefined && (
        <Text slot="description" className={field.help}>
          {help}
        </Text>
      )}
      <div className={styles.list}>
        {options.map(option => (
          <CheckboxField key={option.value} value={option.value} className="">
            <CheckboxButton className={styles.option ?? ''}>
              <span className={styles.box}>
                <Check aria-hidden="true" size={16} strokeWidth={3} />
              </span>
              {option.text}
            </CheckboxButton>
          </CheckboxField>
        ))}
      </div>
      <FieldError className={field.error ?? ''}>{error}</FieldError>
    </CheckboxGroup>
  );
}
