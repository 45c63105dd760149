// What a goal is measured in, as people say it. A unit that has no word here is shown as written.
import { useCallback } from 'react';
import type { Point } from '~/core/face.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useNumbers } from '~/i18n/useNumbers.ts';
import { useText } from '~/i18n/useText.ts';

export function useUnit(): (unit: string) => string {
  return useNamed('unit');
}

/** One score: `7 of 10`, or `42 words in a minute`. */
export function useScore(): (point: Point, unit: string) => string {
  const say = useText();
  const number = useNumbers();
  const name = useUnit();
  return useCallback(
    (point, unit) => {
      if (point.scored != null && point.possible != null)
        return say('score.of', { scored: number(point.scored), possible: number(point.possible) });
      return say('score.value', { value: number(point.value ?? 0), unit: name(unit) });
    },
    [say, number, name],
  );
}
