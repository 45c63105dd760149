// Moves a meeting. Answers already given were to the old time and are asked for again. What it says to
// the server that it showed is the time with which it was opened: a move that somebody else made
// meanwhile is shown, and not taken away.
import { useState } from 'react';
import { MoveMeetingDocument, type MeetingRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
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
  const dates = useDates(timeZone);
  const [saw] = useState(meeting.timeToken);
  const [times, setTimes] = useState(() => timesOf(meeting, timeZone));
  const [place, setPlace] = useState(meeting.place);
  const move = useOperation(MoveMeetingDocument);
  const moments = momentsOf(times, timeZone);

  const send = () => {
    if (moments === null) return;
    move.run({ meeting: meeting.id, saw, place: place.trim(), ...moments }, ({ conflict }) => {
      tell({ text: say(conflict === null ? 'meetings.moved.done' : 'meetings.moved.both') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog title={<T id="meetings.move.title" />} open onClose={onClose}>
      <p>
        <T id="meetings.move.lead" values={{ count: meeting.answers.length }} />
      </p>
      {meeting.timeToken !== saw && (
        <Notice>
          <T
            id="meetings.moved.meanwhile"
            values={{
              day: dates.longDay(meeting.startsAt),
              time: dates.span(meeting.startsAt, meeting.endsAt),
              place: <bdi>{meeting.place}</bdi>,
            }}
          />
        </Notice>
      )}
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
