// Signs a person in on this phone. Somebody else's things on it stay closed and unnamed.
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Link } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import type { Session } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Door } from './Door.tsx';
import { Lost } from './Lost.tsx';
import { PasskeyEntry } from './PasskeyEntry.tsx';
import { PasswordField } from './PasswordField.tsx';
import { refusal } from './refusals.ts';
import styles from './Door.module.css';

export function SignInPage({ session }: { session: Session }) {
  const core = useCore();
  const say = useText();
  const [login, setLogin] = useState(session.account?.login ?? '');
  const [password, setPassword] = useState('');
  const again = session.account !== undefined;
  return (
    <Door
      title={<T id={again ? 'signIn.again' : 'signIn.title'} />}
      lead={<T id={again ? 'signIn.again.lead' : 'signIn.lead'} />}
    >
      <Form
        className={styles.form ?? ''}
        onSubmit={event => {
          event.preventDefault();
          void core.take({ type: 'signIn', login: login.trim(), password });
        }}
      >
        {session.error && (
          <Notice tone="bad">
            <T id={refusal(session.error)} />
            {session.error.lost.length > 0 && <Lost lost={session.error.lost} />}
          </Notice>
        )}
        {session.lock?.waits !== undefined && (
          <Notice tone="aim">
            <T id={session.lock.waits === 'pin' ? 'lock.other.why' : 'anew.signIn'} />
          </Notice>
        )}
        <TextField
          label={say('signIn.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck="false"
          isRequired
          isReadOnly={again}
          value={login}
          onChange={setLogin}
        />
        <PasswordField label={say('signIn.password')} value={password} onChange={setPassword} />
        <Button type="submit" kind="primary" wide pending={session.state === 'signingIn'}>
          <T id="signIn.action" />
        </Button>
      </Form>
      <PasskeyEntry pending={session.state === 'signingIn'} />
      {again || session.lock?.waits === 'pin' ? (
        <Link to="/" className={styles.link ?? ''}>
          <T id="signIn.later" />
        </Link>
      ) : (
        <div className={styles.other}>
          <p>
            <T id="signIn.haveCode.lead" />
          </p>
          <Link to="/code" className={styles.link ?? ''}>
            <T id="signIn.haveCode" />
          </Link>
        </div>
      )}
      {!again && session.others.length > 0 && (
        <p className={styles.aside}>
          <T id="signIn.others" values={{ count: session.others.length }} />
        </p>
      )}
    </Door>
  );
}
