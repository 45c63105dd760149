// Something the school did not take: why, the very words that were written, and, when its author
// has done with them what they want, the way to throw it away.
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import type { Waiting } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useCore } from '../core/CoreProvider.tsx';
import styles from './OutboxPage.module.css';

const reasons: Record<string, MessageId> = {
  NOT_FOUND: 'outbox.reason.notFound',
  FROZEN: 'outbox.reason.frozen',
  INVALID: 'outbox.reason.invalid',
  UNRESOLVED: 'outbox.reason.unresolved',
};

export function Parked({ operation }: { operation: Waiting }) {
  const core = useCore();
  const [asking, setAsking] = useState(false);
  const { id, code, because, summary } = operation;
  const reason = because == null ? (reasons[code ?? ''] ?? 'outbox.reason.other') : undefined;
  const drop = async () => {
    await core.take({ type: 'drop', operation: id });
    setAsking(false);
  };
  return (
    <>
      <p>
        <T id={reason ?? 'outbox.reason.because'} />
      </p>
      {summary.value !== undefined && (
        <p dir="auto" className={styles.words}>
          {summary.value}
        </p>
      )}
      <div>
        <Button kind="danger" onPress={() => setAsking(true)}>
          <T id="outbox.drop" />
        </Button>
      </div>
      <ConfirmDialog
        title={<T id="outbox.drop.ask" />}
        open={asking}
        danger
        action={<T id="outbox.drop.yes" />}
        onConfirm={() => void drop()}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id="outbox.drop.why" />
        </p>
      </ConfirmDialog>
    </>
  );
}
