// The chart as a table, newest first.
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { aimAt, type ChartPoint, type ChartSeries } from './series.ts';
import { useMeasured } from './useMeasured.ts';
import { useResult } from './useWords.ts';
import styles from './ChartTable.module.css';

interface ChartTableProps {
  title: string;
  points: readonly ChartPoint[];
  series: ChartSeries;
  timeZone: string | undefined;
}

export function ChartTable({ title, points, series, timeZone }: ChartTableProps) {
  const dates = useDates(timeZone);
  const measured = useMeasured(series);
  const result = useResult(series);
  const aim = (point: ChartPoint) => {
    const value = aimAt(series.aimLine, point.at);
    return value === null ? '' : measured(value);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take focus
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              <T id="chart.column.day" />
            </th>
            <th scope="col">
              <T id="chart.column.result" />
            </th>
            <th scope="col">
              <T id="chart.column.aim" />
            </th>
            <th scope="col">
              <T id="chart.column.by" />
            </th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map(point => (
            <tr key={point.id}>
              <th scope="row">{dates.dateOf(point.at)}</th>
              <td>{result(point)}</td>
              <td>{aim(point)}</td>
              <td>{point.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
