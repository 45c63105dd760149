import { expect, test } from 'vitest';
import { differing } from './differing.ts';

test('the words that only one version has are marked', () => {
  const parts = differing('She reads to her grandmother by summer.', 'She reads to her sister.');
  expect(parts).toEqual([
    { text: 'She reads to her', differs: false },
    { text: ' grandmother by summer.', differs: true },
  ]);
});

test('the parts together are the text, whatever its blanks', () => {
  const text = '  Two\n\nlines  and a 👩‍👩‍👧 \t';
  const parts = differing(text, 'other words');
  expect(parts.map(part => part.text).join('')).toBe(text);
});

test('equal texts have nothing marked', () => {
  expect(differing('the same', 'the same')).toEqual([{ text: 'the same', differs: false }]);
});
