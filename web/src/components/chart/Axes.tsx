// Values from zero at the start, months below. Time runs left to right in every language.
import { useDates } from '~/i18n/useDates.ts';
import { useNumbers } from '~/i18n/useNumbers.ts';
import type { Plot } from './plot.ts';
import styles from './AimChart.module.css';

export function Axes({ plot, unit }: { plot: Plot; unit: string }) {
  const dates = useDates('UTC');
  const number = useNumbers();
  return (
    <g className={styles.axes}>
      {plot.values.map(value => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={plot.y(value)} y2={plot.y(value)} />
          <text x={plot.left - 8} y={plot.y(value)} dy="0.35em" textAnchor="end">
            {number(value)}
          </text>
        </g>
      ))}
      <text x={0} y="1em" textAnchor="start">
        {unit}
      </text>
      {plot.months.map(month => (
        <text
          key={month.getTime()}
          x={plot.x(month.getTime())}
          y={plot.height - 6}
          textAnchor="middle"
        >
          {month.getUTCDate() === 1 ? dates.month(month) : dates.monthDay(month)}
        </text>
      ))}
      <line
        className={styles.floor}
        x1={plot.left}
        x2={plot.right}
        y1={plot.bottom}
        y2={plot.bottom}
      />
    </g>
  );
}
