// Keeps the record from being destroyed until somebody lifts the hold.
import { useState } from 'react';
import { PlaceHoldDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

export function PlaceHoldDialog({ onClose }: { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [reason, setReason] = useState('');
  const place = useOperation(PlaceHoldDocument);
  const send = () => {
    place.run({ student: student.id, reason: reason.trim() }, () => {
      tell({ text: say('retention.hold.done') });
      refresh();
      onClose();
    });
  };
  return (
    <Dialog title={<T id="retention.hold" />} open onClose={onClose}>
      <p>
        <T id="retention.hold.lead" values={{ name: <bdi>{student.name}</bdi> }} />
      </p>
      <TextField
        label={say('retention.hold.reason')}
        help={say('retention.hold.reason.help')}
        value={reason}
        onChange={setReason}
        maxLength={300}
      />
      <OperationActions of={place} ready={reason.trim() !== ''} onCancel={onClose} onSend={send}>
        <T id="retention.hold" />
      </OperationActions>
    </Dialog>
  );
}
