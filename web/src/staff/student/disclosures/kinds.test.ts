import { expect, test } from 'vitest';
import { bases, plainWord } from './kinds.ts';

test('each basis has its word on the route of copies', () => {
  expect(plainWord('OTHER_SCHOOL')).toBe('otherSchool');
  expect(plainWord('COURT')).toBe('court');
  expect(new Set(bases.map(plainWord)).size).toBe(bases.length);
});
