// Where an agency's own sign-in sends people back to. What it gave is told to the server from here,
// once, and leaves the address at once; then they are where they wanted to be, or told why not.
import { useEffect, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { comeBack, type Refusal } from '~/api/auth.ts';
import { Spinner } from '~/components/Spinner.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Lonely } from '../shell/Lonely.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { placeLeft } from './place.ts';
import { Refused } from './Refused.tsx';
import { useEntry } from './useEntry.ts';

export function ReturnPage({ onSignedIn }: { onSignedIn: () => Promise<unknown> }) {
  const say = useText();
  const navigate = useNavigate();
  const [given] = useSearchParams();
  const told = useRef(false);
  useTitle(say('issuer.return.title'));
  const entry = useEntry(() => {
    void onSignedIn().then(() => navigate(placeLeft(), { replace: true }));
  });
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    history.replaceState(history.state, '', location.pathname);
    entry.attempt(() => tell(given));
  }, [entry, given]);
  const failed = entry.refusal !== null || entry.fault !== null;
  return (
    <Lonely>
      <h1 className="visually-hidden">
        <T id="issuer.return.title" />
      </h1>
      <Refused entry={entry} />
      {failed ? (
        <a href="/staff/">
          <T id="issuer.return.again" />
        </a>
      ) : (
        <p role="status">
          <Spinner /> <T id="issuer.returning" />
        </p>
      )}
    </Lonely>
  );
}

async function tell(given: URLSearchParams): Promise<Refusal | null> {
  const [state, code] = [given.get('state'), given.get('code')];
  if (given.has('error')) return 'turnedBack';
  if (state === null || code === null) return 'issuer';
  return comeBack({ state, code, iss: given.get('iss') });
}
