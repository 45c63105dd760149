import { expect, test } from 'vitest';
import { again, intentOf } from './visitDraft.ts';

const written = {
  visit: 'v1',
  service: 'speech',
  startedAt: new Date(2026, 10, 22, 9, 0).getTime(),
  endedAt: new Date(2026, 10, 22, 9, 30).getTime(),
  attendance: 'present' as const,
  note: 'Sorted cards.',
  points: [{ goal: 'g', status: 'scored' as const, scored: 7, possible: 10 }],
};

test('a visit that is taken back is saved as a new one with the same words', () => {
  const intent = intentOf(again(written), 's');
  expect(intent).toMatchObject({ ...written, visit: expect.not.stringMatching('v1') as string });
});

test('a refused visit stays the same visit', () => {
  const draft = again(written, { replaces: 'op' });
  expect([draft.visit, draft.replaces]).toEqual(['v1', 'op']);
});

test('a correction is another visit that names the wrong one', () => {
  const draft = again(written, { amends: 'v1' });
  expect(draft.visit).not.toBe('v1');
  expect(intentOf(draft, 's')).toMatchObject({ amends: 'v1' });
});
