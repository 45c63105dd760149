// The visit form: when, whether the child was there, scores, and a note if one likes.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Select } from '~/components/Select.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { Refused } from '~/core/client.ts';
import type { Attendance, Student } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { paths } from '../words/paths.ts';
import { servicesOf } from '../words/roles.ts';
import { useServiceName } from '../words/Service.tsx';
import { useForm } from '../words/useForm.ts';
import { dayOf } from './clock.ts';
import { likelyFirst } from './defaults.ts';
import { GoalScores } from './GoalScores.tsx';
import { taken } from './taken.ts';
import { begin, intentOf, newIds, type VisitDraft } from './visitDraft.ts';
import { minutesOf, When } from './When.tsx';
import styles from './VisitForm.module.css';

interface VisitFormProps {
  agency: string;
  shown: Student;
  begun: VisitDraft | null;
  onKept: (visit: string) => void;
}

const attendances: Attendance[] = [
  'present',
  'absentStudent',
  'absentProvider',
  'schoolClosed',
  'refused',
];

export function VisitForm({ agency, shown, begun, onKept }: VisitFormProps) {
  const core = useCore();
  const go = useNavigate();
  const say = useText();
  const serviceName = useServiceName();
  const { student, mine } = shown;
  const services = servicesOf(mine.roles);
  const desk = { agency, student: student.id, name: 'LogVisit' } as const;
  const { value, found, change, startOver, stop } = useForm(desk, begun, () =>
    begin(shown, services[0] ?? '', Date.now()),
  );
  const [today] = useState(() => dayOf(Date.now()));
  const [ordered] = useState(() => likelyFirst(shown, services));
  const [open, setOpen] = useState<string | null>(ordered[0]?.id ?? null);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<MessageId | null>(null);
  const { span, attendance, scores, note, service, operation, replaces, amends } = value;

  const save = async () => {
    setSaving(true);
    setFailed(null);
    // The core forgets what was begun when it keeps the visit.
    stop();
    try {
      const intent = intentOf(value, student.id);
      if (replaces === undefined) await core.do(agency, intent, operation);
      else await core.doInstead(replaces, agency, intent, operation);
      onKept(value.visit);
    } catch (cause) {
      // Saved in another tab with other words: these are a visit of their own.
      const isTaken = cause instanceof Refused && cause.code === 'EXISTS';
      change(isTaken ? newIds() : {});
      setFailed(isTaken ? 'visit.twice' : 'visit.notKept');
    } finally {
      setSaving(false);
    }
  };

  const isNew = replaces === undefined && amends === undefined;
  const leave = () => {
    startOver();
    void go(-1);
  };
  const why =
    replaces !== undefined ? 'visit.again' : amends !== undefined ? 'visit.amend' : 'visit.found';
  return (
    <Screen
      title={<T id={amends === undefined ? 'visit.log' : 'visit.correct'} />}
      under={<bdi>{student.name}</bdi>}
      back={paths.student({ agency, id: student.id })}
      writing
      action={
        <Button
          kind="primary"
          pending={saving}
          disabled={!(minutesOf(span) >= 1)}
          onPress={() => void save()}
        >
          <T id="visit.save" />
        </Button>
      }
    >
      {failed !== null && (
        <Notice tone="bad">
          <T id={failed} />
        </Notice>
      )}
      {found && (
        <Notice
          action={
            <Button size="small" onPress={isNew ? startOver : leave}>
              <T id={isNew ? 'visit.startOver' : 'dialog.cancel'} />
            </Button>
          }
        >
          <T id={why} />
        </Notice>
      )}
      {services.length > 1 && (
        <Select
          label={say('visit.service')}
          value={service}
          options={services.map(one => ({ value: one, text: serviceName(one) }))}
          onChange={one => change({ service: one })}
        />
      )}
      <When span={span} today={today} onChange={next => change({ span: next })} />
      {attendance === 'present' && (
        <section className={styles.scores} aria-label={say('visit.goals')}>
          {ordered.map(goal => (
            <GoalScores
              key={goal.id}
              goal={goal}
              taken={scores.filter(({ point }) => point.goal === goal.id)}
              open={open === goal.id}
              onOpen={() => setOpen(open === goal.id ? null : goal.id)}
              onAdd={score => change({ scores: taken(scores, goal.id, score) })}
              onRemove={key => change({ scores: scores.filter(one => one.key !== key) })}
            />
          ))}
        </section>
      )}
      <RadioList
        label={say('visit.attendance')}
        value={attendance}
        options={attendances.map(one => ({ value: one, text: say(`attendance.${one}`) }))}
        onChange={one => change({ attendance: one })}
        across
      />
      <TextArea
        label={say('visit.note')}
        help={say('visit.note.help')}
        optional
        value={note}
        onChange={text => change({ note: text })}
      />
    </Screen>
  );
}
