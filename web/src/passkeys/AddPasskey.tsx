// Has this phone or computer make a passkey. Somebody who signed in a while ago says the password
// again: the device may lie open on a table.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Failed } from './Failed.tsx';
import type { Keys } from './keys.ts';
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
  const [password, setPassword] = useState<string>();
  const adding = useMutation({
    networkMode: 'always',
    mutationFn: () => keys.add(password),
    onSuccess: came => {
      if (came === 'confirm') setPassword('');
      if (came !== 'added') return;
      setPassword(undefined);
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
      {came !== undefined && came !== 'added' && came !== 'confirm' && (
        <Notice tone={came === 'none' || came === 'known' ? 'info' : 'bad'}>
          <T id={`passkey.not.${came}`} />
        </Notice>
      )}
      {password !== undefined && (
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
      <Button
        type="submit"
        kind={wide ? 'primary' : 'secondary'}
        wide={wide}
        pending={adding.isPending}
      >
        <T id="passkey.add" />
      </Button>
    </form>
  );
}
