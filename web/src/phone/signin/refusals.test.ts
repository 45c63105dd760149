import { expect, test } from 'vitest';
import { refusal } from './refusals.ts';

test('with a code, a weak password, a bad name and a taken name are told apart', () => {
  const weak = refusal({ code: 'BAD_USER_INPUT', field: 'password' }, true);
  const bad = refusal({ code: 'BAD_USER_INPUT', field: 'login' }, true);
  const taken = refusal({ code: 'SIGN_IN_FAILED' }, true);
  expect([weak, bad, taken]).toEqual([
    'signIn.error.weak',
    'signIn.error.name',
    'signIn.error.taken',
  ]);
});

test('at the usual door a wrong password says that the two do not match', () => {
  expect(refusal({ code: 'SIGN_IN_FAILED' })).toBe('signIn.error.wrong');
});

test('what nobody foresaw still says what to do', () => {
  expect(refusal({ code: 'INTERNAL' })).toBe('signIn.error.other');
});
