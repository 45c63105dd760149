// What the school has not received yet, and why. Nothing here needs a button: it goes by itself.
import { CircleCheck } from 'lucide-react';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { Outbox } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { stateOf, type SendingState } from '../frame/sendingState.ts';
import { WaitingRow } from './WaitingRow.tsx';
import styles from './OutboxPage.module.css';

export function OutboxPage() {
  const outbox = useScreen({ screen: 'outbox' });
  return (
    <Screen title={<T id="outbox.title" />}>
      {outbox ? <Waitings outbox={outbox} /> : <Skeleton lines={4} />}
    </Screen>
  );
}

const reasons: Partial<Record<SendingState, MessageId>> = {
  offline: 'outbox.why.offline',
  locked: 'outbox.why.locked',
  sending: 'outbox.why.sending',
};

function Waitings({ outbox }: { outbox: Outbox }) {
  const home = useScreen({ screen: 'home' });
  const session = useScreen({ screen: 'session' });
  const dates = useDates();
  const { operations, lastContact } = outbox;
  const is = session && home ? stateOf(session, home, outbox).is : 'sending';
  const why = reasons[is];
  return (
    <>
      {operations.length === 0 ? (
        <EmptyState
          icon={<CircleCheck aria-hidden="true" size={40} />}
          title={<T id="outbox.none" />}
        >
          <T id="outbox.none.why" />
        </EmptyState>
      ) : (
        <>
          {why !== undefined && (
            <Notice tone={is === 'sending' ? 'info' : 'aim'}>
              <T id={why} />
            </Notice>
          )}
          <div className={styles.card}>
            <List>
              {operations.map(operation => (
                <WaitingRow key={operation.id} operation={operation} />
              ))}
            </List>
          </div>
        </>
      )}
      <p className={styles.contact}>
        {lastContact === null ? (
          <T id="outbox.noContact" />
        ) : (
          <T id="outbox.contact" values={{ when: dates.moment(lastContact) }} />
        )}
      </p>
    </>
  );
}
