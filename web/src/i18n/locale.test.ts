import { expect, test } from 'vitest';
import { chooseLocale, direction } from './locale.ts';

test('a person gets the first wished language that we speak', () => {
  expect(chooseLocale([null, 'ht', 'es-MX', 'en'])).toBe('es');
});

test('a person whose language we do not speak gets English', () => {
  expect(chooseLocale(['vi-VN'])).toBe('en');
});

test('Arabic reads from the right', () => {
  expect([direction('ar-EG'), direction('es')]).toEqual(['rtl', 'ltr']);
});
