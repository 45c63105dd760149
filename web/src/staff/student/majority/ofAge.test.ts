import { expect, test } from 'vitest';
import type { ComingOfAgeFragment, ContactRowFragment, RightsBasis } from '~/api/schema.ts';
import { teamOf } from '../meetings/team.ts';
import { basesFor, isNear, isOfAge, standsFor } from './ofAge.ts';

const DAY = '2026-09-23T05:00:00Z';
const before = Date.parse('2026-09-22T12:00:00Z');
const after = Date.parse('2026-09-24T12:00:00Z');

const coming = (...withdrawn: (string | null)[]): ComingOfAgeFragment => ({
  on: '2026-09-23',
  tellBy: '2025-09-23',
  law: { age: 18, law: 'State code' },
  person: { id: 'per_ana', name: 'Ana', language: null, hasAccount: false },
  rights: [],
  recorded: withdrawn.map((withdrawnAt, n) => ({
    id: `maj_${n}`,
    on: '2026-09-23',
    startsAt: DAY,
    age: 18,
    law: 'State code',
    toldOn: '2026-09-01',
    told: 'a letter',
    toldLate: true,
    recordedAt: DAY,
    recordedBy: { person: 'per_ona', name: 'Ona' },
    withdrawnAt,
    withdrawnBy: null,
    withdrawnEvidence: null,
  })),
});

const contact = (
  name: string,
  basis: RightsBasis,
  more: Partial<ContactRowFragment['rights'][number]>,
) =>
  ({
    person: { id: `per_${name}`, name },
    rights: [{ basis, startsAt: DAY, endsAt: null, notifiedFrom: null, ...more }],
  }) as unknown as ContactRowFragment;

test('rights are granted on the grounds of a minor until the day, and of an adult from it', () => {
  expect(basesFor(coming(), after)).not.toContain('DELEGATE');
  expect(basesFor(coming(null), before)).toEqual(expect.arrayContaining(['PARENT', 'DELEGATE']));
  expect(basesFor(coming(null), after)).toEqual(['DELEGATE', 'ADULT_GUARDIAN', 'REPRESENTATIVE']);
  expect([isOfAge(coming(DAY), after), isOfAge(coming(DAY, null), after)]).toEqual([false, true]);
});

test('a page speaks of it two years before, or in upper grades when the day is not known', () => {
  const near = (on: string | null, grade: string) =>
    isNear({ comingOfAge: { ...coming(), on }, grade }, before);
  expect([near('2028-09-20', '03'), near('2028-09-30', '12')]).toEqual([true, false]);
  expect([near(null, '11'), near(null, '03'), near(null, 'KG')]).toEqual([true, false, false]);
  expect(isNear({ comingOfAge: null, grade: '12' }, before)).toBe(false);
});

test('a student’s own rights rest while somebody stands for them, and not before', () => {
  const guardian = contact('fred', 'ADULT_GUARDIAN', {});
  expect(standsFor({ contacts: [contact('mia', 'DELEGATE', {})] }, after)).toBeUndefined();
  expect(standsFor({ contacts: [guardian] }, after)?.name).toBe('fred');
  expect(standsFor({ contacts: [guardian] }, before)).toBeUndefined();
});

test('whoever is still sent notices is invited, and the student from the day on', () => {
  const parent = contact('mia', 'PARENT', { endsAt: DAY, notifiedFrom: DAY });
  const surrogate = contact('sue', 'SURROGATE', { endsAt: DAY });
  const invited = (now: number) =>
    teamOf({ contacts: [parent, surrogate], assignments: [], comingOfAge: coming(null) }, now).map(
      ({ name }) => name,
    );
  expect(invited(before)).toEqual(['mia', 'sue']);
  expect(invited(after)).toEqual(['mia', 'Ana']);
});
