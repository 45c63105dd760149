// A visit while it is being written down. It carries the ids it will have, so that saving twice,
// or saving again after a reload, logs one visit.
import type { Attendance, Intent, Student } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { dayOf, momentOf, timeOf } from './clock.ts';
import { endNow, usualMinutes } from './defaults.ts';
import type { Taken } from './taken.ts';
import type { Span } from './When.tsx';

export interface VisitDraft {
  visit: string;
  operation: string;
  service: string;
  span: Span;
  attendance: Attendance;
  scores: Taken[];
  note: string;
  /** The refused visit that this one is sent instead of. */
  replaces?: string;
}

type LogVisit = Extract<Intent, { name: 'LogVisit' }>;

/** A visit that was written down before, to be changed and saved again. */
export function again(
  { visit, service, startedAt, endedAt, attendance, note, points }: LogVisit,
  replaces?: string,
): VisitDraft {
  return {
    // Taken back, it is forgotten under its old id; refused, it stays the same visit.
    visit: replaces === undefined || visit === undefined ? uuid7() : visit,
    operation: uuid7(),
    service,
    span: { day: dayOf(startedAt), start: timeOf(startedAt), end: timeOf(endedAt) },
    attendance,
    scores: points.map((point, key) => ({ key, point })),
    note,
    ...(replaces === undefined ? {} : { replaces }),
  };
}

export function begin(
  { visits }: Pick<Student, 'visits'>,
  service: string,
  now: number,
): VisitDraft {
  return {
    visit: uuid7(),
    operation: uuid7(),
    service,
    span: justEnded(usualMinutes(visits, service), now),
    attendance: 'present',
    scores: [],
    note: '',
  };
}

export function intentOf(draft: VisitDraft, student: string): Intent {
  const { visit, service, span, attendance, scores, note } = draft;
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
  };
}

function justEnded(minutes: number, now: number): Span {
  const end = endNow(now);
  const start = end - minutes * 60_000;
  // A visit lies within one day; just after midnight it began at midnight.
  const day = dayOf(end);
  return { day, start: dayOf(start) === day ? timeOf(start) : '00:00', end: timeOf(end) };
}
