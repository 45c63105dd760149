// Login and password at the door, with what else is asked for above them. Works with password
// managers and with pasting.
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import type { Refusal } from '~/api/auth.ts';
import { Button } from '~/components/Button.tsx';
import { TextField } from '~/components/TextField.tsx';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';
import styles from './SignIn.module.css';

interface EntryFormProps {
  login: { label: string; help?: string };
  password: { help?: string; autoComplete: 'current-password' | 'new-password' };
  action: MessageId;
  /** Whether all that is asked for above is there. */
  ready?: boolean;
  enter: (login: string, password: string) => Promise<Refusal | null>;
  onSignedIn: () => void;
  /** `tried`: somebody pressed the button, so that what is missing is an error. */
  children?: (tried: boolean) => ReactNode;
}

export function EntryForm(props: EntryFormProps) {
  const { action, ready = true, enter, onSignedIn, children } = props;
  const say = useText();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const entry = useEntry(onSignedIn);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const whole = ready && login.trim() !== '' && password !== '';
    entry.attempt(whole && (() => enter(login.trim(), password)));
  };

  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Refused entry={entry} />
      {children?.(entry.tried)}
      <TextField
        {...props.login}
        error={entry.tried && login.trim() === '' ? say('signIn.login.missing') : undefined}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        isRequired
      />
      <TextField
        {...props.password}
        label={say('signIn.password')}
        type="password"
        error={entry.tried && password === '' ? say('signIn.password.missing') : undefined}
        value={password}
        onChange={setPassword}
        isRequired
      />
      <Button type="submit" kind="primary" wide pending={entry.pending}>
        <T id={action} />
      </Button>
    </form>
  );
}
