// Answers an invitation: yes, no or another time, with a note if one likes.
import { useParams, useSearchParams } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Answer, Intent, Invitation, Waiting } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useBack } from '../frame/useBack.ts';
import { Begun } from '../words/Begun.tsx';
import { useForm, type Desk } from '../words/useForm.ts';
import { Gone } from '../student/StudentPage.tsx';
import { standing } from './answers.ts';
import { OtherTimes } from './OtherTimes.tsx';
import { Purpose } from './Purpose.tsx';

export function MeetingPage() {
  const { agency = '', id = '', meeting = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const [asked] = useSearchParams();
  const outbox = useScreen({ screen: 'outbox' });
  const desk: Desk = { agency, student: id, name: `AnswerMeeting/${meeting}` };
  const begun = useScreen({ screen: 'draft', ...desk });
  const invitation = shown?.meetings.find(one => one.meeting === meeting);
  if (shown === undefined || outbox === undefined || begun === undefined)
    return <Skeleton lines={5} />;
  if (invitation === undefined) return <Gone />;
  const refused = outbox?.operations.find(({ id }) => id === asked.get('instead'));
  return (
    <AnswerForm
      desk={desk}
      begun={begun as AnswerDraft | null}
      invitation={invitation}
      refused={refused}
    />
  );
}

const answers: Answer[] = ['yes', 'no', 'otherTime'];

interface AnswerDraft {
  operation: string;
  answer: Answer | null;
  note: string;
}

interface AnswerFormProps {
  desk: Desk;
  begun: AnswerDraft | null;
  invitation: Invitation;
  /** An answer that was not taken: this one is sent instead. */
  refused: Waiting | undefined;
}

function AnswerForm({ desk, begun, invitation, refused }: AnswerFormProps) {
  const core = useCore();
  const say = useText();
  const dates = useDates(invitation.timeZone);
  const back = useBack('/');
  const tell = useTell();
  const meant = refused?.intent?.name === 'AnswerMeeting' ? refused.intent : undefined;
  const before = meant ?? standing(invitation);
  const { value, found, change, startOver, stop } = useForm(desk, begun, () => ({
    operation: uuid7(),
    answer: before?.answer ?? null,
    note: before?.note ?? '',
  }));
  const { operation, answer, note } = value;
  const { agency, meeting, revision, startsAt, endsAt, place, studentName } = invitation;
  const keep = async () => {
    if (answer === null) return;
    const intent: Intent = { name: 'AnswerMeeting', meeting, revision, answer, note };
    // The core forgets what was begun when it keeps the answer.
    stop();
    try {
      if (refused === undefined) await core.do(agency, intent, operation);
      else await core.doInstead(refused.id, agency, intent, operation);
    } catch {
      change({});
      tell({ tone: 'bad', text: say('notKept') });
      return;
    }
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
      <OtherTimes invitation={invitation} />
      {found && <Begun onStartOver={startOver} />}
      <RadioList
        label={say('meeting.question')}
        value={answer}
        options={answers.map(value => ({ value, text: say(`meeting.answer.${value}`) }))}
        onChange={chosen => change({ answer: chosen })}
      />
      <TextArea
        label={say(answer === 'otherTime' ? 'meeting.note.otherTime' : 'meeting.note')}
        optional
        value={note}
        onChange={text => change({ note: text })}
      />
    </Screen>
  );
}
