import { expect, test } from 'vitest';
import type { Waiting } from '~/core/face.ts';
import { stateOf } from './sendingState.ts';

const waiting = (state: Waiting['state']): Waiting => ({
  id: 'a',
  name: 'LogVisit',
  agency: 'b',
  at: 0,
  state,
  summary: {},
});

test('without a network it says so and counts what waits', () => {
  const outbox = { operations: [waiting('waiting'), waiting('parked')] };
  expect(stateOf({ state: 'ready' }, false, outbox)).toEqual({ is: 'offline', count: 1 });
});

test('an expired sign-in holds back what waits', () => {
  const outbox = { operations: [waiting('waiting')] };
  expect(stateOf({ state: 'expired' }, true, outbox)).toEqual({ is: 'locked', count: 1 });
});

test('what the server did not take is said once nothing else waits', () => {
  expect(stateOf({ state: 'ready' }, true, { operations: [waiting('parked')] }).is).toBe('parked');
});

test('an empty outbox is sent', () => {
  expect(stateOf({ state: 'ready' }, true, { operations: [] }).is).toBe('sent');
});
