// The way in without a name and a password, below the form for those.
import { signInWithPasskey, type Refusal } from '~/api/auth.ts';
import { Fault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { sign } from '~/passkeys/authenticator.ts';
import { useOffered } from '~/passkeys/useOffered.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';
import styles from './SignIn.module.css';

export function PasskeyEntry({ onSignedIn }: { onSignedIn: () => void }) {
  const entry = useEntry(onSignedIn);
  if (useOffered() !== true) return null;
  return (
    <div className={styles.form}>
      <Refused entry={entry} />
      <Button wide pending={entry.pending} onPress={() => entry.attempt(enter)}>
        <T id="passkey.signIn" />
      </Button>
    </div>
  );
}

async function enter(): Promise<Refusal | null> {
  const signed = await sign();
  if (signed === 'none') return 'noPasskey';
  if (signed === 'offline') throw new Fault('offline');
  return signed === 'wait' ? 'wait' : signInWithPasskey(signed);
}
