// The way in without a name and a password: the phone asks for a finger, a face or its PIN.
import { useState } from 'react';
import type { MessageId } from '~/i18n/catalogue.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { sign } from '~/passkeys/authenticator.ts';
import { useOffered } from '~/passkeys/useOffered.ts';
import { useCore } from '../core/CoreProvider.tsx';
import styles from './Door.module.css';

const troubles = {
  none: 'signIn.error.noPasskey',
  offline: 'signIn.error.offline',
  wait: 'signIn.error.often',
} as const;

export function PasskeyEntry({ pending }: { pending: boolean }) {
  const core = useCore();
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<MessageId>();
  if (useOffered() !== true) return null;

  const enter = async () => {
    const signed = await sign();
    if (typeof signed === 'string') setTrouble(troubles[signed]);
    else await core.take({ type: 'signInWithPasskey', ...signed });
  };
  const press = () => {
    setAsking(true);
    setTrouble(undefined);
    enter()
      .catch(() => setTrouble('signIn.error.other'))
      .finally(() => setAsking(false));
  };
  return (
    <div className={styles.form}>
      {trouble !== undefined && (
        <Notice tone="bad">
          <T id={trouble} />
        </Notice>
      )}
      <Button wide pending={asking || pending} onPress={press}>
        <T id="passkey.signIn" />
      </Button>
    </div>
  );
}
