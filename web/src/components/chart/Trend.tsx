// Where the scores themselves are heading.
import type { Plot } from './plot.ts';
import { noon, type ChartSeries } from './series.ts';
import styles from './AimChart.module.css';

export function Trend({ plot, trend }: { plot: Plot; trend: NonNullable<ChartSeries['trend']> }) {
  return (
    <line
      className={styles.trend}
      x1={plot.x(noon(trend.start.on))}
      y1={plot.y(trend.start.value)}
      x2={plot.x(noon(trend.end.on))}
      y2={plot.y(trend.end.value)}
    />
  );
}
