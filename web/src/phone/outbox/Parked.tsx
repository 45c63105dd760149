// Something the school did not take: why, what to do, the very words that were written, and the two
// ways on: change it and send it again, or throw it away.
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import type { Waiting } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useCore } from '../core/CoreProvider.tsx';
import { Again } from './Again.tsx';
import { reasonOf } from './reasons.ts';
import { wordsOf } from './wordsOf.ts';
import styles from './OutboxPage.module.css';

export function Parked({ operation }: { operation: Waiting }) {
  const core = useCore();
  const [asking, setAsking] = useState(false);
  const words = wordsOf(operation);
  const drop = async () => {
    await core.take({ type: 'drop', operation: operation.id });
    setAsking(false);
  };
  return (
    <>
      <p>
        <T id={reasonOf(operation)} />
      </p>
      {words !== '' && (
        <p dir="auto" className={styles.words}>
          {words}
        </p>
      )}
      <Actions>
        <Button kind="danger" size="small" onPress={() => setAsking(true)}>
          <T id="outbox.drop" />
        </Button>
        <Again operation={operation} />
      </Actions>
      <ConfirmDialog
        title={<T id="outbox.drop.ask" />}
        open={asking}
        danger
        action={<T id="outbox.drop.yes" />}
        onConfirm={() => void drop()}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id={operation.intent == null ? 'outbox.drop.receipt' : 'outbox.drop.why'} />
        </p>
      </ConfirmDialog>
    </>
  );
}
