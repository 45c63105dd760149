// The line from the baseline to the aim, and the dot where it arrives.
import type { Plot } from './plot.ts';
import { noon, type ChartSeries } from './series.ts';
import styles from './AimChart.module.css';

export function AimLine({ plot, series }: { plot: Plot; series: ChartSeries }) {
  const { aimLine, baseline, target } = series;
  const path = aimLine.map(({ on, value }) => `${plot.x(noon(on))},${plot.y(value)}`).join(' ');
  const [x, y] = [plot.x(noon(target.on)), plot.y(target.value)];
  return (
    <g>
      <polyline className={styles.aim} points={path} />
      <circle className={styles.halo} cx={x} cy={y} r={10} />
      <circle className={styles.target} cx={x} cy={y} r={6} />
      {baseline !== undefined && (
        <rect
          className={styles.baseline}
          x={plot.x(noon(baseline.on)) - 4.5}
          y={plot.y(baseline.value) - 4.5}
          width={9}
          height={9}
        />
      )}
    </g>
  );
}
