// A visit while it is being written down. It carries the ids it will have, so that saving twice,
// or saving again after a reload, logs one visit.
import type { Attendance, Intent, Student } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { dayOf, momentOf, timeOf } from './clock.ts';
import { endNow, usualMinutes } from './defaults.ts';
import type { Taken } from './taken.ts';
import type { Span } from './When.tsx';

export interface VisitDraft extends Instead {
  visit: string;
  operation: string;
  service: string;
  span: Span;
  attendance: Attendance;
  scores: Taken[];
  note: string;
}

type LogVisit = Extract<Intent, { name: 'LogVisit' }>;

/** What the form is for, where it does not log a visit for the first time. */
export interface Instead {
  /** The refused visit that is sent again: it stays the same visit. */
  replaces?: string;
  /** The person's own visit, logged wrongly, that another one shall stand for. */
  amends?: string;
}

/** As it was meant, or as it is shown. */
type Written = Pick<
  LogVisit,
  'visit' | 'service' | 'startedAt' | 'endedAt' | 'attendance' | 'note' | 'points'
> & { amends?: string | null };

/** Of a visit that nobody has saved yet. */
export function newIds(): Pick<VisitDraft, 'visit' | 'operation'> {
  return { visit: uuid7(), operation: uuid7() };
}

/** A visit that was written down before, to be changed and saved again. */
export function again(written: Written, instead: Instead = {}): VisitDraft {
  const { visit, service, startedAt, endedAt, attendance, note, points } = written;
  const amends = instead.amends ?? written.amends ?? undefined;
  return {
    ...newIds(),
    // Taken back, it is forgotten under its old id; refused, it stays the same visit.
    ...(instead.replaces !== undefined && visit !== undefined && { visit }),
    service,
    span: { day: dayOf(startedAt), start: timeOf(startedAt), end: timeOf(endedAt) },
    attendance,
    scores: points.map((point, key) => ({ key, point })),
    note,
    ...(instead.replaces === undefined ? {} : { replaces: instead.replaces }),
    ...(amends === undefined ? {} : { amends }),
  };
}

export function begin(
  { visits }: Pick<Student, 'visits'>,
  service: string,
  now: number,
): VisitDraft {
  return {
    ...newIds(),
    service,
    span: justEnded(usualMinutes(visits, service), now),
    attendance: 'present',
    scores: [],
    note: '',
  };
}

export function intentOf(draft: VisitDraft, student: string): Intent {
  const { visit, service, span, attendance, scores, note, amends } = draft;
  return {
    name: 'LogVisit',
    visit,
    student,
    service,
    startedAt: momentOf(span.day, span.start),
    endedAt: momentOf(span.day, span.end),
    attendance,
    note: note.trim(),
    points: attendance === 'present' ? scores.map(({ point }) => point) : [],
    ...(amends === undefined ? {} : { amends }),
  };
}

function justEnded(minutes: number, now: number): Span {
  const end = endNow(now);
  const start = end - minutes * 60_000;
  // A visit lies within one day; just after midnight it began at midnight.
  const day = dayOf(end);
  return { day, start: dayOf(start) === day ? timeOf(start) : '00:00', end: timeOf(end) };
}
