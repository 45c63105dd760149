import { expect, test } from 'vitest';
import { fromWall, toWall } from './zoned.ts';

test('nine in the morning at school is nine in the morning there, summer and winter', () => {
  expect(fromWall('2026-07-01T09:00', 'America/New_York')).toBe('2026-07-01T13:00:00.000Z');
  expect(fromWall('2026-12-01T09:00', 'America/New_York')).toBe('2026-12-01T14:00:00.000Z');
  expect(toWall('2026-12-01T14:00:00Z', 'America/New_York')).toBe('2026-12-01T09:00');
});

test('an incomplete time is no time', () => {
  expect(fromWall('', 'America/New_York')).toBeNull();
});
