// What asks for a person once, above the page: to sign in again, or to take a new version.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { useUpdate } from './UpdateProvider.tsx';

export function Banners() {
  const session = useScreen({ screen: 'session' });
  return (
    <>
      {session?.state === 'expired' && <SignInAgain />}
      {session?.lease?.endsSoon === true && <ConnectBefore at={session.lease.endsAt} />}
      {session?.leaving === true && (
        <Notice>
          <T id="leaving" />
        </Notice>
      )}
      <NewVersion needed={session?.tooOld ?? false} />
    </>
  );
}

function SignInAgain() {
  const go = useNavigate();
  return (
    <Notice
      tone="aim"
      title={<T id="expired.title" />}
      action={
        <Button kind="primary" onPress={() => void go('/sign-in')}>
          <T id="expired.action" />
        </Button>
      }
    >
      <T id="expired.why" />
    </Notice>
  );
}

/** What is kept here closes then, until there is contact. */
function ConnectBefore({ at }: { at: number }) {
  const dates = useDates();
  return (
    <Notice title={<T id="lease.soon" values={{ day: dates.longDay(at) }} />}>
      <T id="lease.soon.why" />
    </Notice>
  );
}

/** `needed`: the school's computer no longer speaks to this version. */
export function NewVersion({ needed = false }: { needed?: boolean }) {
  const { ready, update } = useUpdate();
  const [pending, setPending] = useState(false);
  if (!ready && !needed) return null;
  const change = () => {
    setPending(true);
    void update();
  };
  return (
    <Notice
      tone={needed ? 'aim' : 'info'}
      title={<T id={needed ? 'update.needed' : 'update.title'} />}
      action={
        <Button pending={pending} onPress={change}>
          <T id="update.action" />
        </Button>
      }
    >
      <T id="update.why" />
    </Notice>
  );
}
