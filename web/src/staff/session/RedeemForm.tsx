// The first sign-in of a colleague: a code, and a login and a password of their own choice.
import { useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { redeem } from '~/api/auth.ts';
import { Button } from '~/components/Button.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';
import styles from './SignIn.module.css';

export function RedeemForm({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const entry = useEntry(() => {
    void navigate('/', { replace: true });
    onSignedIn();
  });

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const whole = [code, login, password].every(typed => typed.trim() !== '');
    entry.attempt(whole && (() => redeem(code.trim(), login.trim(), password)));
  };

  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <Refused entry={entry} />
      <TextField
        label={say('redeem.code')}
        error={entry.tried && code.trim() === '' ? say('redeem.code.missing') : undefined}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck="false"
        isRequired
      />
      <TextField
        label={say('redeem.login')}
        help={say('redeem.login.help')}
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
        help={say('redeem.password.help')}
        type="password"
        error={entry.tried && password === '' ? say('signIn.password.missing') : undefined}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        isRequired
      />
      <Button type="submit" kind="primary" wide pending={entry.pending}>
        <T id="redeem.action" />
      </Button>
    </form>
  );
}
