// A value with its unit, as people read it: `45%`, `52 words a minute`.
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { useNumbers } from '~/i18n/useNumbers.ts';
import { useText } from '~/i18n/useText.ts';
import type { ChartSeries } from './series.ts';

export function useMeasured({
  unit,
  share,
}: Pick<ChartSeries, 'unit' | 'share'>): (value: number) => string {
  const intl = useIntl();
  const say = useText();
  const number = useNumbers();
  return useCallback(
    value =>
      share === true
        ? intl.formatNumber(value / 100, { style: 'percent', maximumFractionDigits: 1 })
        : say('chart.value', { value: number(value), unit }),
    [intl, say, number, unit, share],
  );
}
