// Calls a meeting: what for, when, where, and who. Everybody invited is asked on their phone.
import { useState } from 'react';
import { CallMeetingDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { CheckboxList } from '~/components/CheckboxList.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { teamOf } from './team.ts';
import { TimeFields } from './TimeFields.tsx';
import { momentsOf, noTimes } from './times.ts';

export function CallMeetingDialog({ onClose }: { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const { student, timeZone, refresh } = useStudentView();
  const [team] = useState(() => teamOf(student, Date.now()));
  const [purpose, setPurpose] = useState('');
  const [place, setPlace] = useState('');
  const [times, setTimes] = useState(noTimes);
  const [invited, setInvited] = useState(() => team.map(member => member.person));
  const call = useOperation(CallMeetingDocument);

  const moments = momentsOf(times, timeZone);
  const ready =
    moments !== null && purpose.trim() !== '' && place.trim() !== '' && invited.length > 0;
  const send = () => {
    if (moments === null) return;
    const input = {
      student: student.id,
      purpose: purpose.trim(),
      place: place.trim(),
      invited,
      ...moments,
    };
    call.run(input, () => {
      tell({ text: say('meetings.called') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog title={<T id="meetings.call" />} open onClose={onClose}>
      <TextField
        label={say('meetings.purpose')}
        help={say('meetings.purpose.help')}
        value={purpose}
        onChange={setPurpose}
        maxLength={300}
      />
      <TimeFields times={times} onChange={setTimes} />
      <TextField label={say('meetings.place')} value={place} onChange={setPlace} maxLength={300} />
      <CheckboxList
        label={say('meetings.invited')}
        help={team.length === 0 ? say('meetings.invited.nobody') : say('meetings.invited.help')}
        value={invited}
        onChange={setInvited}
        options={team.map(member => ({ value: member.person, text: <bdi>{member.name}</bdi> }))}
      />
      <OperationActions of={call} ready={ready} onCancel={onClose} onSend={send}>
        <T id="meetings.send" />
      </OperationActions>
    </Dialog>
  );
}
