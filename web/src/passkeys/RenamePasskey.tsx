// Another name for a passkey.
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import type { PasskeyProps } from './PasskeyRow.tsx';
import { useChange, Wrong } from './useChange.tsx';
import styles from './Passkeys.module.css';

const LONGEST = 100;

export function RenamePasskey({ passkey, keys, ...then }: PasskeyProps & { onClose: () => void }) {
  const say = useText();
  const [name, setName] = useState(passkey.name);
  const change = useChange(() => keys.rename(passkey.id, name), then);
  return (
    <Dialog title={<T id="passkey.rename.title" />} open onClose={then.onClose}>
      <form
        className={styles.ways}
        onSubmit={event => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Wrong of={change} />
        <TextField
          label={say('passkey.name')}
          isRequired
          maxLength={LONGEST}
          value={name}
          onChange={setName}
        />
        <Button type="submit" kind="primary" wide pending={change.isPending}>
          <T id="passkey.save" />
        </Button>
      </form>
    </Dialog>
  );
}
