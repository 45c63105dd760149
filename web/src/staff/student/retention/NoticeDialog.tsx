// Writes down that the family was told that the record is no longer needed, and that it is destroyed if
// they ask (34 CFR 300.624(a)).
import { useState } from 'react';
import { RecordNoticeDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { DateField } from '~/components/DateField.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { toWall } from '~/i18n/zoned.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

export function NoticeDialog({ onClose }: { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const { student, timeZone, refresh } = useStudentView();
  const today = toWall(new Date().toISOString(), timeZone).slice(0, 10);
  const [on, setOn] = useState(today);
  const [told, setTold] = useState('');
  const record = useOperation(RecordNoticeDocument);
  const send = () => {
    record.run({ student: student.id, on, told: told.trim() }, () => {
      tell({ text: say('retention.tell.done') });
      refresh();
      onClose();
    });
  };
  return (
    <Dialog title={<T id="retention.tell" />} open onClose={onClose}>
      <p>
        <T id="retention.tell.lead" values={{ name: <bdi>{student.name}</bdi> }} />
      </p>
      <DateField
        label={say('retention.tell.on')}
        type="date"
        max={today}
        value={on}
        onChange={setOn}
      />
      <TextField
        label={say('retention.tell.how')}
        help={say('retention.tell.how.help')}
        value={told}
        onChange={setTold}
        maxLength={300}
      />
      <OperationActions
        of={record}
        ready={told.trim() !== '' && on !== ''}
        onCancel={onClose}
        onSend={send}
      >
        <T id="retention.tell" />
      </OperationActions>
    </Dialog>
  );
}
