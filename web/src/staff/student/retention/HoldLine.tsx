// One hold: what for, who placed it, and whether it is over.
import { useState } from 'react';
import type { RetentionFragment } from '~/api/schema.ts';
import { LiftHoldDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import styles from '../people/People.module.css';

type Hold = RetentionFragment['holds'][number];

export function HoldLine({ hold }: { hold: Hold }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const { placedAt, placedBy, reason, liftedAt, liftedBy, liftedWhy } = hold;
  return (
    <li data-ended={liftedAt !== null || undefined}>
      <div className={styles.right}>
        <strong>
          <T id="retention.held" values={{ day: dates.dateOf(placedAt) }} />
        </strong>
        <span className={styles.small}>
          <T
            id="retention.held.why"
            values={{ reason: <bdi>{reason}</bdi>, name: <bdi>{author(placedBy)}</bdi> }}
          />
        </span>
        {liftedAt !== null && liftedBy !== null && (
          <span className={styles.small}>
            <T
              id="retention.lifted"
              values={{
                day: dates.dateOf(liftedAt),
                why: <bdi>{liftedWhy}</bdi>,
                name: <bdi>{author(liftedBy)}</bdi>,
              }}
            />
          </span>
        )}
      </div>
      {liftedAt === null && <Lift hold={hold} />}
    </li>
  );
}

function Lift({ hold }: { hold: Hold }) {
  const say = useText();
  const tell = useTell();
  const { refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  const lift = useOperation(LiftHoldDocument);
  const close = () => setOpen(false);
  const send = () => {
    lift.run({ retentionHold: hold.id, why: why.trim() }, () => {
      close();
      refresh();
      tell({ text: say('retention.lift.done') });
    });
  };
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <T id="retention.lift" />
        <span className="visually-hidden">{hold.reason}</span>
      </Button>
      <Dialog title={<T id="retention.lift.title" />} open={open} onClose={close}>
        <p>
          <T id="retention.lift.lead" values={{ reason: <bdi>{hold.reason}</bdi> }} />
        </p>
        <TextField
          label={say('retention.lift.why')}
          value={why}
          onChange={setWhy}
          maxLength={300}
        />
        <OperationActions of={lift} ready={why.trim() !== ''} onCancel={close} onSend={send}>
          <T id="retention.lift" />
        </OperationActions>
      </Dialog>
    </>
  );
}
