// A password that can be pasted, filled in by the phone, and looked at (WCAG 3.3.8).
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import styles from './PasswordField.module.css';

interface PasswordFieldProps {
  label: string;
  help?: string;
  isNew?: boolean;
  value: string;
  onChange: (value: string) => void;
}

export function PasswordField({ label, help, isNew, value, onChange }: PasswordFieldProps) {
  const [seen, setSeen] = useState(false);
  return (
    <div className={styles.password}>
      <TextField
        label={label}
        help={help}
        name="password"
        type={seen ? 'text' : 'password'}
        autoComplete={isNew === true ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellCheck="false"
        isRequired
        value={value}
        onChange={onChange}
      />
      <Button kind="quiet" onPress={() => setSeen(!seen)}>
        <T id={seen ? 'signIn.hide' : 'signIn.show'} />
      </Button>
    </div>
  );
}
