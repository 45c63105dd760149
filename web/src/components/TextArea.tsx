// Several lines of text; grows with what is typed.
import {
  FieldError,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { Optional } from './Optional.tsx';
import type { TextFieldProps } from './TextField.tsx';
import styles from './field.module.css';

export interface TextAreaProps extends Omit<TextFieldProps, 'autoCapitalize'> {
  rows?: number;
}

export function TextArea({ label, help, error, optional, rows = 4, ...rest }: TextAreaProps) {
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
      <AriaTextArea className={styles.control ?? ''} rows={rows} dir="auto" />
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}
