import { expect, test } from 'vitest';
import { uuid7 } from './uuid7.ts';

test('an id carries its version and sorts by the time it was made', () => {
  const random = new Uint8Array(10).fill(0xff);
  expect(uuid7(0x0123456789ab, random)).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
  expect(uuid7(1_000) < uuid7(2_000)).toBe(true);
});
