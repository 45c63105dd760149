// What a phone shows that had no contact for too long: that what is kept here is closed until the
// school says again what its owner may see. Nobody's name, and how much waits to be sent.
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import type { Session } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useCore } from '../core/CoreProvider.tsx';
import { Door } from '../signin/Door.tsx';
import doors from '../signin/Door.module.css';

/** How long somebody who asked is left without a word. */
const PATIENCE = 8_000;

interface ContactNeededProps {
  session: Session;
  lease: NonNullable<Session['lease']>;
}

export function ContactNeededPage({ session, lease }: ContactNeededProps) {
  const core = useCore();
  const { state, unsent, tooOld, account } = session;
  return (
    <Door
      arrives
      tooOld={tooOld}
      title={<T id="lease.title" />}
      lead={<T id="lease.lead" values={{ count: lease.daysSince }} />}
    >
      {unsent > 0 && (
        <Notice tone="good">
          <T id="lease.safe" values={{ count: unsent }} />
        </Notice>
      )}
      {state === 'expired' ? <SignInFirst /> : <TryNow />}
      <p className={doors.aside}>
        <T id="lease.help" />
      </p>
      <div className={doors.other}>
        <Button onPress={() => void core.guard({ of: 'leave' })}>
          <T id={account?.guard?.pin === true ? 'lock.quick' : 'lock.leave'} />
        </Button>
      </div>
    </Door>
  );
}

/** The page closes when it went well; if it did not for a while, that is said. */
function TryNow() {
  const core = useCore();
  const [tried, setTried] = useState<'trying' | 'failed' | null>(null);
  useEffect(() => {
    if (tried !== 'trying') return;
    const timer = setTimeout(() => setTried('failed'), navigator.onLine ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [tried]);
  const ask = () => {
    setTried('trying');
    void core.take({ type: 'hello' });
  };
  return (
    <>
      {tried === 'failed' && (
        <Notice tone="bad">
          <T id="lease.failed" />
        </Notice>
      )}
      <Button kind="primary" wide pending={tried === 'trying'} onPress={ask}>
        <T id="lease.try" />
      </Button>
    </>
  );
}

/** The school's computer wants to know first who this is. */
function SignInFirst() {
  const go = useNavigate();
  return (
    <Button kind="primary" wide onPress={() => void go('/sign-in')}>
      <T id="lease.signIn" />
    </Button>
  );
}
