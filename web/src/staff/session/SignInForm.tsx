// For those who have a login.
import { signIn } from '~/api/auth.ts';
import { useText } from '~/i18n/useText.ts';
import { EntryForm } from './EntryForm.tsx';
import { PasskeyEntry } from './PasskeyEntry.tsx';

export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  return (
    <>
      <EntryForm
        login={{ label: say('signIn.login') }}
        password={{ autoComplete: 'current-password' }}
        action="signIn.action"
        enter={signIn}
        onSignedIn={onSignedIn}
      />
      <PasskeyEntry onSignedIn={onSignedIn} />
    </>
  );
}
