import { expect, test } from 'vitest';
import type { Waiting } from '~/core/face.ts';
import { stateOf } from './sendingState.ts';

const waiting = (state: Waiting['state']): Waiting => ({
  id: 'a',
  name: 'LogVisit',
  agency: 'b',
  at: 0,
  state,
});
const online = { online: true };

test('without a network it says so and counts what waits', () => {
  const outbox = { operations: [waiting('waiting'), waiting('parked')] };
  expect(stateOf({ state: 'ready' }, { online: false }, outbox)).toEqual({
    is: 'offline',
    count: 1,
  });
});

test('an expired sign-in holds back what waits', () => {
  const outbox = { operations: [waiting('waiting')] };
  expect(stateOf({ state: 'expired' }, online, outbox)).toEqual({ is: 'locked', count: 1 });
});

test('what the server did not take is said once nothing else waits', () => {
  const outbox = { operations: [waiting('parked')] };
  expect(stateOf({ state: 'ready' }, online, outbox).is).toBe('parked');
});

test('an empty outbox is sent', () => {
  expect(stateOf({ state: 'ready' }, online, { operations: [] }).is).toBe('sent');
});

test('while its first data is on the way a phone does not say that all is sent', () => {
  const home = { online: true, fetching: { students: 3, records: 410 } };
  const said = stateOf({ state: 'ready' }, home, { operations: [] });
  expect(said).toEqual({ is: 'fetching', count: 410 });
});
