// The first sign-in of a colleague: a code, and a login and a password of their own choice.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { redeem } from '~/api/auth.ts';
import { TextField } from '~/components/TextField.tsx';
import { useText } from '~/i18n/useText.ts';
import { EntryForm } from './EntryForm.tsx';

export function RedeemForm({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const code = typed.trim();
  return (
    <EntryForm
      login={{ label: say('redeem.login'), help: say('redeem.login.help') }}
      password={{ help: say('redeem.password.help'), autoComplete: 'new-password' }}
      action="redeem.action"
      ready={code !== ''}
      enter={(login, password) => redeem(code, login, password)}
      onSignedIn={() => {
        void navigate('/', { replace: true });
        onSignedIn();
      }}
    >
      {tried => (
        <TextField
          label={say('redeem.code')}
          error={tried && code === '' ? say('redeem.code.missing') : undefined}
          value={typed}
          onChange={setTyped}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck="false"
          isRequired
        />
      )}
    </EntryForm>
  );
}
