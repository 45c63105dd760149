// What came in since the page was last drawn: pure, so that it can be told in words and shown in
// colour by whoever asks.
import type { StudentPageFragment } from '~/api/schema.ts';

export type ArrivalKind =
  | 'visit'
  | 'point'
  | 'attempt'
  | 'input'
  | 'request'
  | 'answer'
  | 'meeting'
  | 'statement'
  | 'conflict'
  | 'lost';

export interface Arrival {
  key: string;
  kind: ArrivalKind;
  /** Who sent it, where it has one author. */
  by?: string;
}

type Answer = StudentPageFragment['meetings'][number]['answers'][number];

export const answerKey = (meeting: string, answer: Answer) =>
  `${meeting} ${answer.by.person} ${answer.receivedAt}`;
export const meetingKey = (meeting: { id: string; revision: number }) =>
  `${meeting.id} ${String(meeting.revision)}`;
export const statementKey = (field: string, text: string) => `${field} ${text}`;

/** Nobody in particular where the agency itself wrote it. */
const by = (written: { by: { name: string } }) =>
  written.by.name === '' ? {} : { by: written.by.name };

/** Everything on the page that can arrive. */
export function present(student: StudentPageFragment): Arrival[] {
  const statement = student.familyStatement;
  const texts: [string, string][] =
    statement === null
      ? []
      : (['strengths', 'concerns', 'vision'] as const).map(field => [field, statement[field]]);
  return [
    ...student.visits.nodes.map(visit => ({
      key: visit.id,
      kind: 'visit' as const,
      ...by(visit),
    })),
    ...student.goals.flatMap(goal =>
      goal.points.map(point => ({ key: point.id, kind: 'point' as const, ...by(point) })),
    ),
    ...student.contactAttempts.map(attempt => ({
      key: attempt.id,
      kind: 'attempt' as const,
      ...by(attempt),
    })),
    ...student.recordRequests.map(request => ({
      key: request.id,
      kind: 'request' as const,
      ...by(request),
    })),
    ...student.parentInputs.map(input => ({
      key: input.id,
      kind: 'input' as const,
      ...by(input),
    })),
    ...student.meetings.flatMap(meeting => [
      { key: meetingKey(meeting), kind: 'meeting' as const },
      ...meeting.answers.map(answer => ({
        key: answerKey(meeting.id, answer),
        kind: 'answer' as const,
        ...by(answer),
      })),
    ]),
    ...texts.map(([field, text]) => ({
      key: statementKey(field, text),
      kind: 'statement' as const,
    })),
    ...student.conflicts.map(conflict => ({ key: conflict.id, kind: 'conflict' as const })),
    ...student.notReceived.map(one => ({ key: one.id, kind: 'lost' as const, ...by(one) })),
  ];
}

/** What is there now and was not before, except what only scrolled in below. */
export function arrivals(before: StudentPageFragment, after: StudentPageFragment): Arrival[] {
  const known = new Set(present(before).map(arrival => arrival.key));
  const oldest = before.visits.nodes.at(-1)?.startedAt;
  const older = new Set(
    before.visits.pageInfo.hasNextPage && oldest !== undefined
      ? after.visits.nodes.filter(visit => visit.startedAt < oldest).map(visit => visit.id)
      : [],
  );
  return present(after).filter(arrival => !known.has(arrival.key) && !older.has(arrival.key));
}
