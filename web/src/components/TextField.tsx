// One line of text with its label, help and error. The error says what to do next.
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import { Optional } from './Optional.tsx';
import styles from './field.module.css';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'children' | 'isInvalid'
> {
  label: string;
  help?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
  /** What the phone's keyboard does by itself with first letters. */
  autoCapitalize?: 'none' | 'characters';
}

export function TextField(props: TextFieldProps) {
  const { label, help, error, optional, autoCapitalize, ...rest } = props;
  return (
    <AriaTextField
      {...rest}
      className={styles.field ?? ''}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={styles.label}>
        {label}
        {optional === true && <Optional />}
      </Label>
      {help !== undefined && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <Input className={styles.control ?? ''} autoCapitalize={autoCapitalize} />
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
