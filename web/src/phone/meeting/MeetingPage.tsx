// Answers an invitation: yes, no or another time, with a note if one likes.
import { useState } from 'react';
import { useParams } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Answer, Invitation } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useBack } from '../frame/useBack.ts';
import { Gone } from '../student/StudentPage.tsx';
import { standing } from './answers.ts';
import { Purpose } from './Purpose.tsx';

export function MeetingPage() {
  const { agency = '', id = '', meeting = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const invitation = shown?.meetings.find(one => one.meeting === meeting);
  if (shown === undefined) return <Skeleton lines={5} />;
  if (invitation === undefined) return <Gone />;
  return <AnswerForm invitation={invitation} />;
}

const answers: Answer[] = ['yes', 'no', 'otherTime'];

function AnswerForm({ invitation }: { invitation: Invitation }) {
  const core = useCore();
  const say = useText();
  const dates = useDates();
  const back = useBack('/');
  const tell = useTell();
  const before = standing(invitation);
  const [answer, setAnswer] = useState<Answer | null>(before?.answer ?? null);
  const [note, setNote] = useState(before?.note ?? '');
  const { agency, meeting, startsAt, endsAt, place, studentName } = invitation;
  const keep = async () => {
    if (answer === null) return;
    await core.do(agency, { name: 'AnswerMeeting', meeting, answer, note });
    tell({ tone: 'good', text: say('kept.toast') });
    back();
  };
  return (
    <Screen
      title={<Purpose purpose={invitation.purpose} />}
      under={<bdi>{studentName}</bdi>}
      back="/"
      writing
      action={
        <Button kind="primary" disabled={answer === null} onPress={() => void keep()}>
          <T id="meeting.send" />
        </Button>
      }
    >
      <p>
        <strong>{dates.longDay(startsAt)}</strong>
        <br />
        {dates.span(startsAt, endsAt)} · <bdi>{place}</bdi>
      </p>
      <RadioList
        label={say('meeting.question')}
        value={answer}
        options={answers.map(value => ({ value, text: say(`meeting.answer.${value}`) }))}
        onChange={setAnswer}
      />
      <TextArea
        label={say(answer === 'otherTime' ? 'meeting.note.otherTime' : 'meeting.note')}
        optional
        value={note}
        onChange={setNote}
      />
    </Screen>
  );
}
