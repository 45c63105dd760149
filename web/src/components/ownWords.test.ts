import { expect, test } from 'vitest';
import { ownWords } from './ownWords.ts';

const marked = (text: string, other: string) =>
  ownWords(text, [other])
    .map(piece => (piece.own ? `[${piece.text.trim()}]` : piece.text))
    .join('');

test('only the words that the other version lacks are marked', () => {
  expect(marked('Ana loves music and swimming.', 'Ana loves music and dance.')).toBe(
    'Ana loves music and [swimming].',
  );
});

test('the same text has no mark', () => {
  expect(marked('She reads alone.', 'She reads alone.')).toBe('She reads alone.');
});

test('a text that shares nothing is marked as a whole', () => {
  expect(marked('uno dos', 'three four')).toBe('[uno dos]');
});

test('no letter of a text is lost', () => {
  const text = '  Two  lines\n\nand a 👩‍👩‍👧 tail ';
  expect(
    ownWords(text, ['Two and'])
      .map(piece => piece.text)
      .join(''),
  ).toBe(text);
});

test('a text with nothing beside it has no mark', () => {
  expect(ownWords('alone', [])).toEqual([{ text: 'alone', own: false }]);
});
