// Reads the points one by one: a slider over the plot that arrow keys, a finger and a screen
// reader all know how to use. What it stands on is said in words below the plot.
import { type PointerEvent } from 'react';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import type { Plot } from './plot.ts';
import type { ChartPoint, ChartSeries } from './series.ts';
import { useWords } from './useWords.ts';
import styles from './AimChart.module.css';

interface PointReaderProps {
  plot: Plot;
  points: readonly ChartPoint[];
  series: ChartSeries;
  active: number | null;
  onActive: (index: number | null) => void;
  timeZone: string | undefined;
}

export function PointReader({
  plot,
  points,
  series,
  active,
  onActive,
  timeZone,
}: PointReaderProps) {
  const say = useText();
  const words = useWords(series, timeZone);
  const last = points.length - 1;
  const index = Math.min(active ?? last, last);
  const point = points[index];

  const follow = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    onActive(nearest(points, plot, event.clientX - box.left));
  };

  return (
    <>
      <div
        className={styles.touch}
        style={{ blockSize: plot.height }}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={event => event.pointerType === 'mouse' && onActive(null)}
      >
        <input
          className={styles.slider}
          type="range"
          dir="ltr"
          min={0}
          max={last}
          value={index}
          aria-label={say('chart.explore')}
          aria-valuetext={point === undefined ? '' : words(point)}
          onChange={event => onActive(event.target.valueAsNumber)}
          onFocus={() => onActive(index)}
          onBlur={() => onActive(null)}
        />
      </div>
      <p className={styles.readout} aria-hidden="true">
        {active === null || point === undefined ? <T id="chart.hint" /> : words(point)}
      </p>
    </>
  );
}

function nearest(points: readonly ChartPoint[], plot: Plot, x: number): number {
  const distances = points.map(point => Math.abs(plot.x(point.at) - x));
  return distances.indexOf(Math.min(...distances));
}
