// One point in words: the day, the score and what it was made of, the aim of that day, by whom.
import { useCallback } from 'react';
import { useDates } from '~/i18n/useDates.ts';
import { useNumbers } from '~/i18n/useNumbers.ts';
import { useText } from '~/i18n/useText.ts';
import { useMeasured } from './useMeasured.ts';
import { aimAt, isScored, type ChartPoint, type ChartSeries } from './series.ts';

/** The result alone: `45 % (9 of 20)`, or that there was none. */
export function useResult(series: ChartSeries): (point: ChartPoint) => string {
  const say = useText();
  const number = useNumbers();
  const measured = useMeasured(series);
  return useCallback(
    point => {
      if (!isScored(point)) return say(`chart.status.${point.status}`);
      const value = measured(point.value);
      const { scored, possible } = point;
      if (scored == null || possible == null) return value;
      return say('chart.parts', { value, scored: number(scored), possible: number(possible) });
    },
    [say, number, measured],
  );
}

export function useWords(series: ChartSeries, timeZone?: string): (point: ChartPoint) => string {
  const say = useText();
  const measured = useMeasured(series);
  const dates = useDates(timeZone);
  const result = useResult(series);
  return useCallback(
    point => {
      const aim = isScored(point) ? aimAt(series.aimLine, point.at) : null;
      const parts = [
        say('chart.point', { day: dates.dateOf(point.at), result: result(point) }),
        aim !== null && say('chart.aim', { value: measured(aim) }),
        point.by !== undefined && say('chart.by', { name: point.by }),
        point.pending === true && say('chart.pending'),
      ];
      return parts.filter(part => part !== false).join(' · ');
    },
    [say, measured, dates, result, series.aimLine],
  );
}
