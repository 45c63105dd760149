// For those who have a login; and the other ways in.
import { signIn } from '~/api/auth.ts';
import { useText } from '~/i18n/useText.ts';
import { EntryForm } from './EntryForm.tsx';
import { IssuerElsewhere } from './IssuerElsewhere.tsx';
import { IssuerEntry } from './IssuerEntry.tsx';
import { PasskeyEntry } from './PasskeyEntry.tsx';

interface SignInFormProps {
  onSignedIn: () => void;
  /** The page below has to stay as it is. */
  stays?: boolean;
}

export function SignInForm({ onSignedIn, stays = false }: SignInFormProps) {
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
      {stays ? <IssuerElsewhere onSignedIn={onSignedIn} /> : <IssuerEntry />}
    </>
  );
}
