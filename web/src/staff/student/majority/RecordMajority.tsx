// Writes down that the student comes of age and that both were told: on that day the rights pass by
// themselves.
import { useState } from 'react';
import { RecordMajorityDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { DateField } from '~/components/DateField.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

export function RecordMajority({ on }: { on: string }) {
  const say = useText();
  const tell = useTell();
  const dates = useDates();
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState('');
  const [toldOn, setToldOn] = useState('');
  const record = useOperation(RecordMajorityDocument);
  const close = () => setOpen(false);
  const values = { name: <bdi>{student.name}</bdi>, day: dates.day(on) };
  const send = () => {
    record.run({ student: student.id, on, toldOn, told: told.trim() }, () => {
      close();
      refresh();
      tell({ text: say('majority.recorded', { day: dates.day(on) }) });
    });
  };
  return (
    <>
      <Button size="small" kind="primary" onPress={() => setOpen(true)}>
        <T id="majority.record" />
      </Button>
      <Dialog title={<T id="majority.record.title" values={values} />} open={open} onClose={close}>
        <p>
          <T id="majority.record.lead" values={values} />
        </p>
        <DateField label={say('majority.toldOn')} type="date" value={toldOn} onChange={setToldOn} />
        <TextField
          label={say('majority.how')}
          help={say('majority.how.help')}
          value={told}
          onChange={setTold}
          maxLength={300}
        />
        <OperationActions
          of={record}
          ready={told.trim() !== '' && toldOn !== ''}
          onCancel={close}
          onSend={send}
        >
          <T id="majority.record" />
        </OperationActions>
      </Dialog>
    </>
  );
}
