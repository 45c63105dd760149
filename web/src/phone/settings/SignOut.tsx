// Signs out on this phone. With work that the school has not received, or that is only begun, asks
// first what to do with it, and shows what there is.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { List } from '~/components/List.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import type { Unsent } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { WaitingRow } from '../outbox/WaitingRow.tsx';

const ways: Unsent[] = ['send', 'keep', 'destroy'];

export function SignOut() {
  const core = useCore();
  const say = useText();
  const go = useNavigate();
  const outbox = useScreen({ screen: 'outbox' });
  const [asking, setAsking] = useState(false);
  const [way, setWay] = useState<Unsent>('send');
  const home = useScreen({ screen: 'home' });
  const waiting = outbox?.operations ?? [];
  const begun = home?.students.filter(student => student.begun) ?? [];
  const unfinished = waiting.length + begun.length > 0;
  const leave = async (unsent: Unsent) => {
    setAsking(false);
    await core.take({ type: 'signOut', unsent });
    await go('/');
  };
  return (
    <>
      <Button
        disabled={outbox === undefined || home === undefined}
        onPress={() => (unfinished ? setAsking(true) : void leave('send'))}
      >
        <T id="signOut" />
      </Button>
      <Dialog title={<T id="signOut.ask" />} open={asking} onClose={() => setAsking(false)}>
        {waiting.length > 0 && (
          <>
            <p>
              <T id="signOut.unsent" values={{ count: waiting.length }} />
            </p>
            <List>
              {waiting.map(operation => (
                <WaitingRow key={operation.id} operation={operation} still />
              ))}
            </List>
          </>
        )}
        {begun.length > 0 && (
          <p>
            <T
              id="signOut.begun"
              values={{ count: begun.length, names: begun.map(({ name }) => name).join(', ') }}
            />
          </p>
        )}
        <RadioList
          label={say('signOut.what')}
          value={way}
          options={ways.map(value => ({
            value,
            text: say(`signOut.${value}`),
            help: say(`signOut.${value}.help`),
          }))}
          onChange={setWay}
        />
        <Button
          kind={way === 'destroy' ? 'danger' : 'primary'}
          wide
          onPress={() => void leave(way)}
        >
          <T id={`signOut.${way}.action`} />
        </Button>
      </Dialog>
    </>
  );
}
