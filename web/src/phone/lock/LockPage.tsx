// What a locked phone shows: a place for the PIN, and nothing of whose things are behind it.
import { useEffect, useState } from 'react';
import { Form } from 'react-aria-components';
import { Link, useLocation, useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import type { Session } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Door } from '../signin/Door.tsx';
import doors from '../signin/Door.module.css';
import { PinField } from './PinField.tsx';
import { useWait, WrongPin } from './WrongPin.tsx';

type Lock = NonNullable<Session['lock']>;

export function LockPage({ lock }: { lock: Lock }) {
  const core = useCore();
  const say = useText();
  const go = useNavigate();
  const { pathname } = useLocation();
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [pending, setPending] = useState(false);
  const waits = useWait(lock.until);
  // Where its owner was is nobody's business either.
  useEffect(() => {
    if (pathname !== '/') void go('/', { replace: true });
  }, [go, pathname]);

  const open = async () => {
    setPending(true);
    setPin('');
    const { taken } = await core.tries({ of: 'open', pin });
    setWrong(!taken);
    setPending(false);
  };
  return (
    <Door title={<T id="lock.title" />} lead={<T id="lock.lead" />}>
      <Form
        className={doors.form ?? ''}
        onSubmit={event => {
          event.preventDefault();
          if (pin !== '' && !waits) open().catch(() => setPending(false));
        }}
      >
        <WrongPin wrong={wrong} until={lock.until} />
        <PinField label={say('lock.pin')} value={pin} onChange={setPin} />
        <Button type="submit" kind="primary" wide pending={pending} disabled={waits}>
          <T id="lock.open" />
        </Button>
      </Form>
      {lock.arrived ? (
        <Anew account={lock.account} />
      ) : (
        <Link to="/sign-in" className={doors.link ?? ''}>
          <T id="lock.other" />
        </Link>
      )}
    </Door>
  );
}

/** The server knows who this is, only the PIN is not known any more. */
function Anew({ account }: { account: string }) {
  const core = useCore();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Notice tone="aim">
        <T id="lock.forgot" />
      </Notice>
      <Button onPress={() => setAsking(true)}>
        <T id="anew.action" />
      </Button>
      <ConfirmDialog
        title={<T id="anew.title" />}
        open={asking}
        danger
        action={<T id="anew.action" />}
        onConfirm={() => void core.take({ type: 'anew', account })}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id="anew.lead" />
        </p>
      </ConfirmDialog>
    </>
  );
}
