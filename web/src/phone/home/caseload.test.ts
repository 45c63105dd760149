import { expect, test } from 'vitest';
import type { StudentCard } from '~/core/face.ts';
import { byAgency, found, seenAboutNow } from './caseload.ts';

const student = (name: string, more: Partial<StudentCard> = {}): StudentCard => ({
  agency: 'a',
  agencyName: 'Lakeview',
  id: name,
  name,
  givenName: name,
  roles: [],
  conflicts: 0,
  filling: false,
  begun: false,
  ...more,
});
const names = (students: StudentCard[]) => students.map(({ name }) => name);

test('a piece of a name without its accent finds the student', () => {
  const students = [student('Ana Beltrán'), student('Marcus Oyelaran')];
  expect(names(found(students, 'beltran an'))).toEqual(['Ana Beltrán']);
});

test('who was seen at this hour a week ago comes first, not who was seen an hour ago', () => {
  const hour = 3_600_000;
  const students = [
    student('an hour ago', { lastVisit: 1000 * hour - hour }),
    student('a week ago', { lastVisit: 1000 * hour - 168 * hour + hour }),
    student('two weeks ago', { lastVisit: 1000 * hour - 336 * hour }),
    student('yesterday', { lastVisit: 1000 * hour - 24 * hour }),
    student('never'),
  ];
  expect(names(seenAboutNow(students, 1000 * hour))).toEqual(['two weeks ago', 'a week ago']);
});

test('students stand under their district, both by name', () => {
  const students = [
    student('Omar', { agency: 'b', agencyName: 'Grand Bend' }),
    student('Mei'),
    student('Ana'),
  ];
  expect(byAgency(students).map(([, name, group]) => [name, names(group)])).toEqual([
    ['Grand Bend', ['Omar']],
    ['Lakeview', ['Ana', 'Mei']],
  ]);
});
