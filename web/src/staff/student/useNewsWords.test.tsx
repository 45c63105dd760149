import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { InEnglish } from '../../../vite/inEnglish.tsx';
import { useNewsWords } from './useNewsWords.ts';

test('what came in is one phrase that names how much and from whom', () => {
  const words = renderHook(useNewsWords, { wrapper: InEnglish }).result.current;
  const by = 'Dana Ruiz';
  const point = { kind: 'point' as const, by };
  const news = [
    { key: 'v', kind: 'visit' as const, by },
    { ...point, key: 'a' },
    { ...point, key: 'b' },
  ];
  expect(words(news)).toBe('1 new visit and 2 new scores from Dana Ruiz');
});
