// Has this phone or computer make a passkey. Somebody who signed in a while ago shows again that it
// is them, by something that their account has: the device may lie open on a table.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Failed } from './Failed.tsx';
import type { Confirm, Keys } from './keys.ts';
import styles from './Passkeys.module.css';

interface AddPasskeyProps {
  keys: Keys;
  wide?: boolean;
  onAdded: () => void;
}

export function AddPasskey({ keys, wide = false, onAdded }: AddPasskeyProps) {
  const say = useText();
  const tell = useTell();
  /** Not asked for until the server wants it. */
  const [confirm, setConfirm] = useState<Confirm>();
  const [password, setPassword] = useState('');
  const byPasskey = confirm !== undefined && !confirm.password && confirm.passkey;
  const adding = useMutation({
    networkMode: 'always',
    mutationFn: () => {
      if (byPasskey) return keys.addByPasskey();
      return keys.add(confirm?.password ? { password } : {});
    },
    onSuccess: came => {
      if (typeof came === 'object') setConfirm(came);
      if (came !== 'added') return;
      setConfirm(undefined);
      setPassword('');
      tell({ text: say('passkey.added') });
      onAdded();
    },
  });
  const came = adding.data;
  return (
    <form
      className={styles.add}
      onSubmit={event => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      {adding.isError && <Failed error={adding.error} />}
      {typeof came === 'string' && came !== 'added' && (
        <Notice tone={came === 'none' || came === 'known' ? 'info' : 'bad'}>
          <T id={`passkey.not.${came}`} />
        </Notice>
      )}
      {confirm?.password && (
        <TextField
          label={say('passkey.password')}
          help={say('passkey.password.why')}
          type="password"
          name="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        />
      )}
      {confirm !== undefined && !confirm.password && (
        <Notice tone="info">
          <T id={byPasskey ? 'passkey.confirm.passkey' : 'passkey.confirm.again'} />
        </Notice>
      )}
      <Button
        type="submit"
        kind={wide ? 'primary' : 'secondary'}
        wide={wide}
        pending={adding.isPending}
      >
        <T id={byPasskey ? 'passkey.confirm.use' : 'passkey.add'} />
      </Button>
    </form>
  );
}
