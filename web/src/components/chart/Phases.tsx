// A dashed upright with a label on each day on which something changed.
import type { Plot } from './plot.ts';
import { noon, day, type ChartSeries } from './series.ts';
import styles from './AimChart.module.css';

export function Phases({ plot, phases }: { plot: Plot; phases: ChartSeries['phases'] }) {
  return (
    <g className={styles.phase}>
      {phases.map(phase => {
        const x = plot.x(noon(phase.on) - day / 2);
        const late = x > (plot.left + plot.right) / 2;
        return (
          <g key={phase.on + phase.label}>
            <line x1={x} x2={x} y1={plot.top - 6} y2={plot.bottom} />
            <text x={late ? x - 6 : x + 6} y={plot.top} textAnchor={late ? 'end' : 'start'}>
              {phase.label}
            </text>
          </g>
        );
      })}
    </g>
  );
}
