import { expect, test } from 'vitest';
import { dayOf, momentOf, shifted, timeOf } from './clock.ts';

test('a moment is the same after its day and time were shown and read back', () => {
  const at = new Date(2026, 10, 22, 9, 5).getTime();
  expect(momentOf(dayOf(at), timeOf(at))).toBe(at);
});

test('a step never leaves the day', () => {
  expect([shifted('10:58', 5), shifted('00:03', -5), shifted('23:58', 5)]).toEqual([
    '11:03',
    '00:00',
    '23:59',
  ]);
});
