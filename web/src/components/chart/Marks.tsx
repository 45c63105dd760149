// The scores and the lines between them. What was not scored stands on the floor as a cross: it
// happened, and it is not zero.
import type { Plot } from './plot.ts';
import { isScored, runs, type ChartPoint, type ChartSeries } from './series.ts';
import styles from './AimChart.module.css';

interface MarksProps {
  plot: Plot;
  points: readonly ChartPoint[];
  phases: ChartSeries['phases'];
  active: string | undefined;
}

export function Marks({ plot, points, phases, active }: MarksProps) {
  return (
    <g>
      {runs(points, phases).map(run => (
        <polyline
          key={run[0]?.id}
          className={styles.path}
          points={run.map(point => `${plot.x(point.at)},${plot.y(point.value)}`).join(' ')}
        />
      ))}
      {points.map(point => (
        <Mark key={point.id} plot={plot} point={point} active={point.id === active} />
      ))}
    </g>
  );
}

function Mark({ plot, point, active }: { plot: Plot; point: ChartPoint; active: boolean }) {
  const x = plot.x(point.at);
  const y = isScored(point) ? plot.y(point.value) : plot.bottom - 9;
  const state = { 'data-pending': point.pending, 'data-fresh': point.fresh };
  return (
    <g>
      {active && <line className={styles.cursor} x1={x} x2={x} y1={plot.top} y2={plot.bottom} />}
      {active && <circle className={styles.ring} cx={x} cy={y} r={9} />}
      {isScored(point) ? (
        <circle className={styles.point} cx={x} cy={y} r={4.5} {...state} />
      ) : (
        <path className={styles.missed} d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} {...state} />
      )}
    </g>
  );
}
