// The form of one try: whom, how, when, in which language, and what came of it.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { DateField } from '~/components/DateField.tsx';
import { Notice } from '~/components/Notice.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Select } from '~/components/Select.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useUndo } from '../outbox/useUndo.ts';
import { dayOf } from '../visit/clock.ts';
import { Begun } from '../words/Begun.tsx';
import { paths } from '../words/paths.ts';
import { useForm } from '../words/useForm.ts';
import {
  begin,
  channels,
  intentOf,
  languagesOf,
  outcomes,
  whomOf,
  type AttemptDraft,
} from './attemptDraft.ts';

interface ContactFormProps {
  agency: string;
  shown: Student;
  begun: AttemptDraft | null;
}

export function ContactForm({ agency, shown, begun }: ContactFormProps) {
  const core = useCore();
  const go = useNavigate();
  const say = useText();
  const tell = useTell();
  const undo = useUndo();
  const languageName = useLanguageName();
  const { student, meetings } = shown;
  const desk = { agency, student: student.id, name: 'LogAttempt' } as const;
  const { value, found, change, startOver, stop } = useForm(desk, begun, () =>
    begin(shown, Date.now()),
  );
  const [today] = useState(() => dayOf(Date.now()));
  const [failed, setFailed] = useState(false);
  const { operation, replaces, amends } = value;
  const whose = { agency, id: student.id };
  const family = whomOf(shown, value);
  const intent = intentOf(value, student.id);

  const isNew = replaces === undefined && amends === undefined;
  const leave = () => {
    startOver();
    void go(-1);
  };
  const takeBack = async () => {
    const outbox = await core.read<'outbox'>({ screen: 'outbox' });
    const waiting = outbox.operations.find(({ id }) => id === operation);
    if (waiting?.undo == null) tell({ tone: 'bad', text: say('undo.late') });
    else if (await undo(waiting)) void go(paths.contact(whose));
  };
  const save = async () => {
    if (intent === null) return;
    setFailed(false);
    // The core forgets what was begun when it keeps the attempt.
    stop();
    try {
      if (replaces === undefined) await core.do(agency, intent, operation);
      else await core.doInstead(replaces, agency, intent, operation);
    } catch {
      change({});
      setFailed(true);
      return;
    }
    const action = { text: say('undo'), do: () => void takeBack() };
    tell({ tone: 'good', text: say('kept.toast'), action });
    void go(paths.student(whose), { replace: true });
  };

  return (
    <Screen
      title={<T id={amends === undefined ? 'contact.title' : 'contact.correct'} />}
      under={<bdi>{student.name}</bdi>}
      back={paths.student(whose)}
      writing
      action={
        <Button kind="primary" disabled={intent === null} onPress={() => void save()}>
          <T id="contact.save" />
        </Button>
      }
    >
      {failed && (
        <Notice tone="bad">
          <T id="contact.notKept" />
        </Notice>
      )}
      {found && isNew && <Begun onStartOver={startOver} />}
      {found && !isNew && (
        <Notice
          action={
            <Button size="small" onPress={leave}>
              <T id="dialog.cancel" />
            </Button>
          }
        >
          <T id={replaces === undefined ? 'contact.amend' : 'contact.again'} />
        </Notice>
      )}
      {family.length === 0 ? (
        <Notice>
          <T id="contact.nobody" />
        </Notice>
      ) : (
        <Select
          label={say('contact.whom')}
          value={value.person}
          options={family.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={person => change({ person })}
        />
      )}
      <Select
        label={say('contact.channel')}
        value={value.channel}
        options={channels.map(one => ({ value: one, text: say(`contact.channel.${one}`) }))}
        onChange={channel => change({ channel })}
      />
      <DateField
        type="date"
        label={say('contact.day')}
        value={value.day}
        max={today}
        onChange={day => change({ day })}
      />
      <DateField
        type="time"
        label={say('contact.time')}
        value={value.time}
        onChange={time => change({ time })}
      />
      <Select
        label={say('contact.language')}
        value={value.language}
        options={languagesOf(shown, value.language).map(one => ({
          value: one,
          text: languageName(one),
        }))}
        onChange={language => change({ language })}
      />
      <RadioList
        label={say('contact.reached')}
        value={value.reached}
        options={outcomes.map(one => ({ value: one, text: say(`contact.reached.${one}`) }))}
        onChange={reached => change({ reached })}
      />
      <AboutMeeting
        meetings={meetings}
        value={value.meeting}
        onChange={meeting => change({ meeting })}
      />
      <TextArea
        label={say('contact.note')}
        optional
        value={value.note}
        onChange={note => change({ note })}
      />
    </Screen>
  );
}

interface AboutMeetingProps {
  meetings: Student['meetings'];
  value: string;
  onChange: (meeting: string) => void;
}

function AboutMeeting({ meetings, value, onChange }: AboutMeetingProps) {
  const say = useText();
  const dates = useDates();
  if (meetings.length === 0) return null;
  return (
    <Select
      label={say('contact.meeting')}
      value={value}
      options={[
        { value: '', text: say('contact.meeting.none') },
        ...meetings.map(({ meeting, startsAt }) => ({
          value: meeting,
          text: dates.longDay(startsAt),
        })),
      ]}
      onChange={onChange}
    />
  );
}
