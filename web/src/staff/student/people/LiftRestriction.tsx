// Lifts an order that keeps a contact away: whatever rights they hold count again.
import { useState } from 'react';
import { LiftRestrictionDocument, type ContactRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

interface LiftRestrictionProps {
  contact: ContactRowFragment;
  restriction: ContactRowFragment['restrictions'][number];
}

export function LiftRestriction({ contact, restriction }: LiftRestrictionProps) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const [evidence, setEvidence] = useState('');
  const lift = useOperation(LiftRestrictionDocument);
  const { name } = contact.person;
  const close = () => setOpen(false);
  const send = () => {
    lift.run({ restriction: restriction.id, evidence: evidence.trim() }, () => {
      close();
      refresh();
      tell({ text: say('restriction.lifted.done', { name }) });
    });
  };
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <T id="restriction.lift" />
        <span className="visually-hidden">{name}</span>
      </Button>
      <Dialog
        title={<T id="restriction.lift.title" values={{ name: <bdi>{name}</bdi> }} />}
        open={open}
        onClose={close}
      >
        <p>
          <T
            id="restriction.lift.lead"
            values={{ name: <bdi>{name}</bdi>, student: <bdi>{student.name}</bdi> }}
          />
        </p>
        <TextField
          label={say('restriction.evidence')}
          help={say('restriction.evidence.help')}
          value={evidence}
          onChange={setEvidence}
          maxLength={300}
        />
        <OperationActions of={lift} ready={evidence.trim() !== ''} onCancel={close} onSend={send}>
          <T id="restriction.lift" />
        </OperationActions>
      </Dialog>
    </>
  );
}
