import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { reasonOf } from '~/phone/outbox/reasons.ts';
import { why } from '~/staff/student/lost/why.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const refusal = buildSchema(read('../../../schema.graphql')).getType('Refusal');
const codes = isEnumType(refusal) ? refusal.getValues().map(({ name }) => name) : [];
const words = (locale: string, part: string) =>
  JSON.parse(read(`../locales/${locale}/${part}.json`)) as Record<string, string>;

test.each(codes.flatMap(code => ['en', 'es'].map(locale => [code, locale] as const)))(
  'whoever is refused with %s reads why, in %s, and so does who manages the case',
  (code, locale) => {
    const key = reasonOf({ code, because: null, intent: { name: 'SubmitInput', student: 'ana' } });
    expect(key).not.toBe('outbox.reason.other');
    expect(words(locale, 'phone')[key]).toBeTruthy();
    expect(words(locale, 'staff')[why[code as keyof typeof why]]).toBeTruthy();
  },
);

test('there are codes to have words for', () => expect(codes).toContain('NOT_FOUND'));
