// Login and password. Works with password managers and with pasting.
import { useState, type SyntheticEvent } from 'react';
import { signIn } from '~/api/auth.ts';
import { Button } from '~/components/Button.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';
import styles from './SignIn.module.css';

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const entry = useEntry(onSignedIn);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    entry.attempt(login.trim() !== '' && password !== '' && (() => signIn(login.trim(), password)));
  };

  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Refused entry={entry} />
      <TextField
        label={say('signIn.login')}
        error={entry.tried && login.trim() === '' ? say('signIn.login.missing') : undefined}
        value={login}
        onChange={setLogin}
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        isRequired
      />
      <TextField
        label={say('signIn.password')}
        type="password"
        error={entry.tried && password === '' ? say('signIn.password.missing') : undefined}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        isRequired
      />
      <Button type="submit" kind="primary" wide pending={entry.pending}>
        <T id="signIn.action" />
      </Button>
    </form>
  );
}
