// "I have a code": a family's first way in. The code says which child; the rest is a name to sign
// in with and a password.
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Link, Navigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import type { Session } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Door } from './Door.tsx';
import { PasswordField } from './PasswordField.tsx';
import { refusal } from './refusals.ts';
import styles from './Door.module.css';

export function RedeemPage({ session }: { session: Session }) {
  const core = useCore();
  const say = useText();
  const [code, setCode] = useState('');
  const [login, setLogin] = useState(session.account?.login ?? '');
  const [password, setPassword] = useState('');
  // For a person who is already in, the code adds a child, and then there is nothing left here.
  const [tried, setTried] = useState(false);
  if (session.state === 'signingIn' && !tried) setTried(true);
  if (tried && session.state === 'ready' && !session.error) return <Navigate to="/" replace />;
  return (
    <Door title={<T id="redeem.title" />} lead={<T id="redeem.lead" />}>
      <Form
        className={styles.form ?? ''}
        onSubmit={event => {
          event.preventDefault();
          const login_ = login.trim();
          void core.take({ type: 'redeem', code: code.trim(), login: login_, password });
        }}
      >
        {session.error && (
          <Notice tone="bad">
            <T id={refusal(session.error, true)} />
          </Notice>
        )}
        <TextField
          label={say('redeem.code')}
          help={say('redeem.code.help')}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck="false"
          isRequired
          value={code}
          onChange={setCode}
        />
        <TextField
          label={say('redeem.login')}
          help={say('redeem.login.help')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck="false"
          isRequired
          value={login}
          onChange={setLogin}
        />
        <PasswordField
          label={say('signIn.password')}
          help={say('redeem.password.help')}
          isNew
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" kind="primary" wide pending={session.state === 'signingIn'}>
          <T id="redeem.action" />
        </Button>
      </Form>
      <Link to="/" className={styles.link ?? ''}>
        <T id={session.account === undefined ? 'redeem.back' : 'signIn.later'} />
      </Link>
    </Door>
  );
}
