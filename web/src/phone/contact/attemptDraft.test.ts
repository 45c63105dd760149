import { expect, test } from 'vitest';
import { again, intentOf } from './attemptDraft.ts';

const written = {
  person: 'may',
  at: new Date(2026, 10, 22, 9, 0).getTime(),
  channel: 'call' as const,
  language: 'es',
  reached: 'nobody' as const,
  note: 'Rang twice.',
};

test('a correction says what stands instead of what was wrong', () => {
  const draft = again({ ...written, meeting: 'm1' }, { amends: 'a1' });
  expect(intentOf({ ...draft, reached: 'yes' }, 's')).toEqual({
    name: 'LogAttempt',
    student: 's',
    ...written,
    meeting: 'm1',
    reached: 'yes',
    amends: 'a1',
  });
});

test('a correction that was refused, or taken back, is a correction still', () => {
  const draft = again({ ...written, amends: 'a1' }, { replaces: 'op' });
  expect([draft.replaces, draft.amends]).toEqual(['op', 'a1']);
  expect(intentOf(again({ ...written, amends: 'a1' }), 's')).toMatchObject({ amends: 'a1' });
});
