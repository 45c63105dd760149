// The visit form: when, whether the child was there, scores, and a note if one likes.
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Select } from '~/components/Select.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import type { Attendance, Student } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { paths } from '../words/paths.ts';
import { servicesOf } from '../words/roles.ts';
import { dayOf, momentOf, timeOf } from './clock.ts';
import { endNow, likelyFirst, usualMinutes } from './defaults.ts';
import { GoalScores } from './GoalScores.tsx';
import { taken, type Taken } from './taken.ts';
import { minutesOf, When, type Span } from './When.tsx';
import styles from './VisitForm.module.css';

interface VisitFormProps {
  agency: string;
  shown: Student;
  onKept: (visit: string) => void;
}

const attendances: Attendance[] = [
  'present',
  'absentStudent',
  'absentProvider',
  'schoolClosed',
  'refused',
];

export function VisitForm({ agency, shown, onKept }: VisitFormProps) {
  const core = useCore();
  const say = useText();
  const { student, goals, visits, mine } = shown;
  const services = servicesOf(mine.roles);
  const [service, setService] = useState(services[0] ?? '');
  const [today] = useState(() => dayOf(Date.now()));
  const [span, setSpan] = useState(() => justEnded(usualMinutes(visits, service)));
  const [attendance, setAttendance] = useState<Attendance>('present');
  const [ordered] = useState(() => likelyFirst(goals));
  const [open, setOpen] = useState<string | null>(ordered[0]?.id ?? null);
  const [scores, setScores] = useState<Taken[]>([]);
  const [note, setNote] = useState('');
  const [visit] = useState(() => uuid7());
  const [operation] = useState(() => uuid7());
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);
  const present = attendance === 'present';

  const save = async () => {
    setSaving(true);
    setFailed(false);
    try {
      await core.do(
        agency,
        {
          name: 'LogVisit',
          visit,
          student: student.id,
          service,
          startedAt: momentOf(span.day, span.start),
          endedAt: momentOf(span.day, span.end),
          attendance,
          note: note.trim(),
          points: present ? scores.map(({ point }) => point) : [],
        },
        operation,
      );
      onKept(visit);
    } catch {
      setFailed(true);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Screen
      title={<T id="visit.log" />}
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
      {failed && (
        <Notice tone="bad">
          <T id="visit.notKept" />
        </Notice>
      )}
      {services.length > 1 && (
        <Select
          label={say('visit.service')}
          value={service}
          options={services.map(value => ({
            value,
            text: say(`service.${value}` as MessageId),
          }))}
          onChange={setService}
        />
      )}
      <When span={span} today={today} onChange={setSpan} />
      {present && (
        <section className={styles.scores} aria-label={say('visit.goals')}>
          {ordered.map(goal => (
            <GoalScores
              key={goal.id}
              goal={goal}
              taken={scores.filter(({ point }) => point.goal === goal.id)}
              open={open === goal.id}
              onOpen={() => setOpen(open === goal.id ? null : goal.id)}
              onAdd={score => setScores(list => taken(list, goal.id, score))}
              onRemove={key => setScores(list => list.filter(one => one.key !== key))}
            />
          ))}
        </section>
      )}
      <RadioList
        label={say('visit.attendance')}
        value={attendance}
        options={attendances.map(value => ({ value, text: say(`attendance.${value}`) }))}
        onChange={setAttendance}
        across
      />
      <TextArea
        label={say('visit.note')}
        help={say('visit.note.help')}
        optional
        value={note}
        onChange={setNote}
      />
    </Screen>
  );
}

function justEnded(minutes: number): Span {
  const end = endNow(Date.now());
  const start = end - minutes * 60_000;
  // A visit lies within one day; just after midnight it began at midnight.
  const day = dayOf(end);
  return { day, start: dayOf(start) === day ? timeOf(start) : '00:00', end: timeOf(end) };
}
