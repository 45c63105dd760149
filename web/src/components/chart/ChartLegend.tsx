// What the marks of this chart mean; only those that are drawn.
import type { ReactNode } from 'react';
import { T } from '~/i18n/T.tsx';
import { isScored, type ChartSeries } from './series.ts';
import styles from './AimChart.module.css';

const keys = {
  score: (
    <>
      <line className={styles.path} x1="0" x2="26" y1="8" y2="8" />
      <circle className={styles.point} cx="13" cy="8" r="4.5" />
    </>
  ),
  pending: <circle className={styles.point} cx="13" cy="8" r="4.5" data-pending />,
  aim: (
    <>
      <line className={styles.aim} x1="0" x2="20" y1="8" y2="8" />
      <circle className={styles.target} cx="20" cy="8" r="5" />
    </>
  ),
  baseline: <rect className={styles.baseline} x="8.5" y="3.5" width="9" height="9" />,
  trend: <line className={styles.trend} x1="0" x2="26" y1="8" y2="8" />,
  missed: <path className={styles.missed} d="M9 4l8 8m0 -8l-8 8" />,
} satisfies Record<string, ReactNode>;

export function ChartLegend({ series }: { series: ChartSeries }) {
  const drawn = {
    score: series.points.some(point => isScored(point) && point.pending !== true),
    pending: series.points.some(point => isScored(point) && point.pending === true),
    aim: true,
    baseline: series.baseline !== undefined,
    trend: series.trend !== undefined,
    missed: series.points.some(point => !isScored(point)),
  };
  const names = Object.keys(keys) as (keyof typeof keys)[];
  return (
    <ul className={styles.legend}>
      {names
        .filter(name => drawn[name])
        .map(name => (
          <li key={name}>
            <svg width="26" height="16" aria-hidden="true">
              {keys[name]}
            </svg>
            <T id={`chart.legend.${name}`} />
          </li>
        ))}
    </ul>
  );
}
