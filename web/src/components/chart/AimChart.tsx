// How a student does against the aim: scores as dots, the aim line rising to its dot, baseline,
// trend, and a dashed upright where something changed. One sentence and a table say the same in
// words; the arrow keys walk from point to point.
import { useId, useMemo, useState, type ReactNode } from 'react';
import { T } from '~/i18n/T.tsx';
import { AimLine } from './AimLine.tsx';
import { Axes } from './Axes.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { ChartTable } from './ChartTable.tsx';
import { Marks } from './Marks.tsx';
import { Phases } from './Phases.tsx';
import { layOut } from './plot.ts';
import { PointReader } from './PointReader.tsx';
import { inOrder, type ChartSeries } from './series.ts';
import { Trend } from './Trend.tsx';
import { useSize } from './useSize.ts';
import styles from './AimChart.module.css';

interface AimChartProps {
  /** The goal, as the chart's name. */
  title: string;
  series: ChartSeries;
  sentence: ReactNode;
  timeZone?: string | undefined;
}

export function AimChart({ title, series, sentence, timeZone }: AimChartProps) {
  const id = useId();
  const [frame, { width, em }] = useSize<HTMLDivElement>();
  const points = useMemo(() => inOrder(series.points), [series.points]);
  const plot = useMemo(() => layOut(series, width, em), [series, width, em]);
  const [active, setActive] = useState<number | null>(null);
  const shown = active === null ? undefined : points[active];

  return (
    <figure className={styles.chart} aria-labelledby={`${id}-sentence`}>
      <figcaption className={styles.sentence} id={`${id}-sentence`}>
        {sentence}
      </figcaption>
      <div className={styles.frame} ref={frame}>
        {width > 0 && (
          <svg
            className={styles.plot}
            width={plot.width}
            height={plot.height}
            role="img"
            aria-label={title}
            aria-describedby={`${id}-sentence`}
          >
            <Axes plot={plot} unit={series.unit} />
            <Phases plot={plot} phases={series.phases} />
            <AimLine plot={plot} series={series} />
            {series.trend !== undefined && <Trend plot={plot} trend={series.trend} />}
            <Marks plot={plot} points={points} phases={series.phases} active={shown?.id} />
          </svg>
        )}
        {points.length > 0 && (
          <PointReader
            plot={plot}
            points={points}
            series={series}
            active={active}
            onActive={setActive}
            timeZone={timeZone}
          />
        )}
      </div>
      <ChartLegend series={series} />
      <details className={styles.details}>
        <summary>
          <T id="chart.table" />
        </summary>
        <ChartTable title={title} points={points} series={series} timeZone={timeZone} />
      </details>
    </figure>
  );
}
