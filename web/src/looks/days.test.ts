import { expect, test } from 'vitest';
import type { LookFragment } from '~/api/schema.ts';
import { daysOf, peopleOf } from './days.ts';

const look = (on: string, name: string): LookFragment => ({
  on,
  asFamily: false,
  role: 'TEACHER',
  services: [],
  topics: ['GOALS'],
  by: { person: `per_${name}`, name },
});
const entries = [
  look('2026-11-20', 'Zoe'),
  look('2026-11-20', 'Álvaro'),
  look('2026-11-18', 'Zoe'),
];

test('the newest day comes first, and in each the people by name', () => {
  const days = daysOf(entries, 'es').map(({ on, looks }) => [on, looks.map(({ by }) => by.name)]);
  expect(days).toEqual([
    ['2026-11-20', ['Álvaro', 'Zoe']],
    ['2026-11-18', ['Zoe']],
  ]);
});

test('everybody who looked on any day is listed once', () => {
  expect(peopleOf(daysOf(entries, 'es'), 'es').map(({ name }) => name)).toEqual(['Álvaro', 'Zoe']);
});
