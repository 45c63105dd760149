import { expect, test } from 'vitest';
import type { StudentPageFragment } from '~/api/schema.ts';
import { arrivals } from './arrivals.ts';

const dana = { person: 'per_dana', name: 'Dana Ruiz' };
const visit = (id: string, startedAt: string) => ({
  id,
  service: 'speech',
  startedAt,
  endedAt: startedAt,
  minutes: 30,
  attendance: 'PRESENT' as const,
  note: '',
  occurredAt: startedAt,
  receivedAt: startedAt,
  flags: [],
  review: null,
  by: dana,
  points: [],
});
const student = (visits: ReturnType<typeof visit>[], more = false): StudentPageFragment => ({
  id: 'stu_1',
  name: 'Ana Reyes',
  grade: null,
  school: null,
  birthDate: null,
  homeLanguage: null,
  hasPlan: true,
  can: [],
  agency: { id: 'agy_1', timeZone: 'UTC' },
  goals: [],
  recordRequests: [],
  visits: { pageInfo: { hasNextPage: more }, nodes: visits },
  familyStatement: null,
  contactAttempts: [],
  parentInputs: [],
  meetings: [],
  contacts: [],
  assignments: [],
  conflicts: [],
  settledConflicts: [],
  notReceived: [],
  comingOfAge: null,
  retention: null,
});
const [old, newer] = [visit('v1', '2026-11-02T10:00:00Z'), visit('v2', '2026-11-03T10:00:00Z')];

test('a visit that was not there before has arrived, with its author', () => {
  expect(arrivals(student([old]), student([newer, old]))).toEqual([
    { key: 'v2', kind: 'visit', by: 'Dana Ruiz' },
  ]);
});

test('asking for earlier visits is no news', () => {
  expect(arrivals(student([newer], true), student([newer, old]))).toEqual([]);
});

test('a page that came back unchanged has no news', () => {
  expect(arrivals(student([old]), student([old]))).toEqual([]);
});

test('two versions of a text are told as a choice to make', () => {
  const conflict = {
    id: 'cfl_1',
    field: 'vision',
    base: null,
    about: null,
    mayChoose: true,
    alternatives: [],
  };
  const after = { ...student([]), conflicts: [conflict] };
  expect(arrivals(student([]), after)).toEqual([{ key: 'cfl_1', kind: 'conflict' }]);
});
