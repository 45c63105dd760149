// Moves a meeting. Answers already given were to the old time and are asked for again.
import { useState } from 'react';
import { MoveMeetingDocument, type MeetingRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { TimeFields } from './TimeFields.tsx';
import { momentsOf, timesOf } from './times.ts';

interface MoveMeetingDialogProps {
  meeting: MeetingRowFragment;
  onClose: () => void;
}

export function MoveMeetingDialog({ meeting, onClose }: MoveMeetingDialogProps) {
  const say = useText();
  const tell = useTell();
  const { timeZone, refresh } = useStudentView();
  const [times, setTimes] = useState(() => timesOf(meeting, timeZone));
  const [place, setPlace] = useState(meeting.place);
  const move = useOperation(MoveMeetingDocument);
  const moments = momentsOf(times, timeZone);

  const send = () => {
    if (moments === null) return;
    move.run({ meeting: meeting.id, place: place.trim(), ...moments }, () => {
      tell({ text: say('meetings.moved.done') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog title={<T id="meetings.move.title" />} open onClose={onClose}>
      <p>
        <T id="meetings.move.lead" values={{ count: meeting.answers.length }} />
      </p>
      <TimeFields times={times} onChange={setTimes} />
      <TextField label={say('meetings.place')} value={place} onChange={setPlace} maxLength={300} />
      <OperationActions
        of={move}
        ready={moments !== null && place.trim() !== ''}
        onCancel={onClose}
        onSend={send}
      >
        <T id="meetings.move.send" />
      </OperationActions>
    </Dialog>
  );
}
