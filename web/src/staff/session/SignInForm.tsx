// Login and password. Works with password managers and with pasting.
import { useState, type SyntheticEvent } from 'react';
import { signIn, type Refusal } from '~/api/auth.ts';
import { asFault, type Fault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import styles from './SignIn.module.css';

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (login.trim() === '' || password === '') return;
    setPending(true);
    setFault(null);
    setRefusal(null);
    try {
      const refused = await signIn(login.trim(), password);
      if (refused === null) onSignedIn();
      else setRefusal(refused);
    } catch (error) {
      setFault(asFault(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <form className={styles.form} noValidate onSubmit={event => void submit(event)}>
      {refusal !== null && (
        <Notice tone="bad" title={<T id={`signIn.refused.${refusal}`} />}>
          <T id={`signIn.refused.${refusal}.next`} />
        </Notice>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
      <TextField
        label={say('signIn.login')}
        error={tried && login.trim() === '' ? say('signIn.login.missing') : undefined}
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
        error={tried && password === '' ? say('signIn.password.missing') : undefined}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        isRequired
      />
      <Button type="submit" kind="primary" wide pending={pending}>
        <T id="signIn.action" />
      </Button>
    </form>
  );
}
