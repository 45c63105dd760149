import { expect, test } from 'vitest';
import { again, begin, intentOf } from './askDraft.ts';

test('who wants to see everything need not say so', () => {
  expect(intentOf(begin(null), 'ana', 'see')).toEqual({
    name: 'AskOfRecord',
    student: 'ana',
    asks: 'see',
    words: '',
    instead: '',
  });
});

test('what is wrong has to be said', () => {
  const draft = begin({ kind: 'visit', id: 'v1' });
  expect(intentOf(draft, 'ana', 'correct')).toBeNull();
  expect(intentOf({ ...draft, words: ' It was Tuesday. ' }, 'ana', 'correct')).toEqual({
    name: 'AskOfRecord',
    student: 'ana',
    asks: 'correct',
    words: 'It was Tuesday.',
    instead: '',
    contests: { kind: 'visit', id: 'v1' },
  });
});

test('what was refused is written again, as another thing', () => {
  const first = { ...begin(null), words: 'It was Tuesday.', instead: 'Tuesday' };
  const intent = intentOf(first, 'ana', 'correct');
  if (intent === null) throw new Error('it says what is wrong');
  const second = again(intent, { replaces: 'op' });
  expect(second).toMatchObject({ words: 'It was Tuesday.', instead: 'Tuesday', replaces: 'op' });
  expect(second.operation).not.toBe(first.operation);
});
