// What parents read is sixth grade or below, by two formulas: Flesch–Kincaid counts syllables, the
// automated readability index letters. Short labels have no sentence to measure.
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { expect, test } from 'vitest';
import common from '~/locales/en/common.json';
import phone from '~/locales/en/phone.json';

const SIXTH = 6;
const ENOUGH_WORDS = 7;

test.each(Object.entries({ ...common, ...phone }).flatMap(measurable))(
  '%s reads easily',
  (_id, text) => {
    const { words, sentences, letters, syllables } = measure(text);
    const fleschKincaid = 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
    const automated = 4.71 * (letters / words) + 0.5 * (words / sentences) - 21.43;
    expect(Math.max(fleschKincaid, automated), text).toBeLessThanOrEqual(SIXTH);
  },
);

function measurable([id, message]: [string, string]): [string, string][] {
  const text = plain(message);
  return measure(text).words >= ENOUGH_WORDS ? [[id, text]] : [];
}

/** One way a message may read: the last form of each choice, a name for each blank. */
function plain(message: string): string {
  const read = (elements: MessageFormatElement[]): string => elements.map(one).join('');
  const one = (element: MessageFormatElement): string => {
    if (element.type === TYPE.literal) return element.value;
    if (element.type === TYPE.pound) return 'five';
    if (element.type === TYPE.tag) return read(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return 'Ana';
    return read(Object.values(element.options).at(-1)?.value ?? []);
  };
  return read(parse(message));
}

function measure(text: string) {
  const words = text.match(/[\p{L}’'-]+/gu) ?? [];
  return {
    words: words.length,
    sentences: Math.max(1, (text.match(/[.!?…:](?:\s|$)/g) ?? []).length),
    letters: words.join('').length,
    syllables: words.reduce((sum, word) => sum + syllablesOf(word), 0),
  };
}

/** Runs of vowels, without a silent e at the end: right for nearly all plain English words. */
function syllablesOf(word: string): number {
  const runs = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, runs?.length ?? 0);
}
