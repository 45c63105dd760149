// A score that is being taken, in words: `7 of 10`, `42 words in a minute`, `no chance to try`.
import { useCallback } from 'react';
import { useNumbers } from '~/i18n/useNumbers.ts';
import { useText } from '~/i18n/useText.ts';
import { useUnit } from '../words/useUnits.ts';
import type { Score } from './taken.ts';

export function useTakenScore(unit: string): (score: Score) => string {
  const say = useText();
  const number = useNumbers();
  const name = useUnit();
  return useCallback(
    ({ scored, possible, value }) => {
      if (scored !== undefined && possible !== undefined)
        return say('score.of', { scored: number(scored), possible: number(possible) });
      if (value === undefined) return say('visit.notOffered.short');
      return say('score.value', { value: number(value), unit: name(unit) });
    },
    [say, number, name, unit],
  );
}
