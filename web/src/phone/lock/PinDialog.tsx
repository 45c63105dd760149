// Chooses, changes or removes the PIN. The one before is asked for, and each wrong one counts.
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import { SHORTEST_PIN } from '~/core/words.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import doors from '../signin/Door.module.css';
import { PinField } from './PinField.tsx';
import { useWait, WrongPin } from './WrongPin.tsx';

export type PinDeed = 'choose' | 'change' | 'remove';

type Fault = 'short' | 'differs' | 'failed';

export function PinDialog({ deed, onClose }: { deed: PinDeed; onClose: () => void }) {
  const core = useCore();
  const say = useText();
  const [pin, setPin] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState({ wrong: false, until: 0 });
  const waits = useWait(tried.until);

  const change = async () => {
    const wish = deed === 'remove' ? { pin } : { pin, next };
    const { taken, until } = await core.tries({ of: 'pin', ...wish });
    if (taken) onClose();
    else setTried({ wrong: true, until });
  };
  const submit = () => {
    const found = deed === 'remove' ? undefined : faultOf(next, again);
    setFault(found);
    if (found !== undefined) return;
    setPending(true);
    change()
      .catch(() => setFault('failed'))
      .finally(() => setPending(false));
  };
  return (
    <Dialog title={<T id={`lock.${deed}`} />} open onClose={onClose}>
      <Form
        className={doors.form ?? ''}
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <WrongPin {...tried} />
        {fault === 'failed' && (
          <Notice tone="bad">
            <T id="notKept" />
          </Notice>
        )}
        {deed !== 'choose' && <PinField label={say('lock.now')} value={pin} onChange={setPin} />}
        {deed !== 'remove' && (
          <>
            <PinField
              label={say('lock.next')}
              help={say('lock.next.help', { count: SHORTEST_PIN })}
              error={fault === 'short' ? say('lock.short', { count: SHORTEST_PIN }) : undefined}
              value={next}
              onChange={setNext}
            />
            <PinField
              label={say('lock.again')}
              error={fault === 'differs' ? say('lock.differs') : undefined}
              value={again}
              onChange={setAgain}
            />
          </>
        )}
        <p>
          <T id={deed === 'remove' ? 'lock.off' : 'lock.forget'} />
        </p>
        <Button type="submit" kind="primary" wide pending={pending} disabled={waits}>
          <T id={`lock.${deed}`} />
        </Button>
      </Form>
    </Dialog>
  );
}

function faultOf(next: string, again: string): Fault | undefined {
  if (next.length < SHORTEST_PIN) return 'short';
  return next === again ? undefined : 'differs';
}
