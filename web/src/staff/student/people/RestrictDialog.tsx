// Writes down that a court's order or a law keeps a contact from the student's record.
import { useState } from 'react';
import { RecordRestrictionDocument, type ContactRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

interface RestrictDialogProps {
  contact: ContactRowFragment;
  onClose: () => void;
}

export function RestrictDialog({ contact, onClose }: RestrictDialogProps) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [order, setOrder] = useState('');
  const restrict = useOperation(RecordRestrictionDocument);
  const { name } = contact.person;
  const send = () => {
    restrict.run({ contact: contact.id, order: order.trim() }, () => {
      tell({ text: say('restriction.done', { name }) });
      refresh();
      onClose();
    });
  };
  return (
    <Dialog
      title={<T id="restriction.title" values={{ name: <bdi>{name}</bdi> }} />}
      open
      onClose={onClose}
    >
      <p>
        <T
          id="restriction.lead"
          values={{ name: <bdi>{name}</bdi>, student: <bdi>{student.name}</bdi> }}
        />
      </p>
      <TextField
        label={say('restriction.order')}
        help={say('restriction.order.help')}
        value={order}
        onChange={setOrder}
        maxLength={300}
      />
      <OperationActions of={restrict} ready={order.trim() !== ''} onCancel={onClose} onSend={send}>
        <T id="restriction.record" />
      </OperationActions>
    </Dialog>
  );
}
