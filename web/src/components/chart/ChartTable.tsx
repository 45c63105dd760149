// The chart as a table, newest first.
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { ScrollTable } from '../ScrollTable.tsx';
import { aimAt, type ChartPoint, type ChartSeries } from './series.ts';
import { useMeasured } from './useMeasured.ts';
import { useResult } from './useWords.ts';

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
  const columns = (['day', 'result', 'aim', 'by'] as const).map(column => (
    <T key={column} id={`chart.column.${column}`} />
  ));
  return (
    <ScrollTable title={title} columns={columns}>
      {[...points].reverse().map(point => (
        <tr key={point.id}>
          <th scope="row">{dates.dateOf(point.at)}</th>
          <td>{result(point)}</td>
          <td>{aim(point)}</td>
          <td>{point.by}</td>
        </tr>
      ))}
    </ScrollTable>
  );
}
