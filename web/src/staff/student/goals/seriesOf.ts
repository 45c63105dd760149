// A goal as the chart wants it.
import type { GoalCardFragment, PointStatus } from '~/api/schema.ts';
import type { ChartSeries, PointStatus as Status } from '~/components/chart/series.ts';

const statuses: Record<PointStatus, Status> = {
  SCORED: 'scored',
  ABSENT: 'absent',
  NOT_OFFERED: 'notOffered',
  INVALID: 'invalid',
};

export function seriesOf(
  goal: GoalCardFragment,
  unit: string,
  startLabel: string,
  fresh: ReadonlySet<string>,
): ChartSeries {
  const points = goal.points.map(point => ({
    id: point.id,
    at: Date.parse(point.at),
    status: statuses[point.status],
    value: point.value,
    scored: point.scored,
    possible: point.possible,
    ...(point.by.name === '' ? {} : { by: point.by.name }),
    fresh: fresh.has(point.id),
  }));
  const { baseline, baselineOn, startsOn } = goal;
  const before = points.some(point => point.at < Date.parse(`${startsOn}T00:00:00Z`));
  return {
    unit,
    share: goal.unit === 'percent' || goal.unit === '%',
    points,
    aimLine: goal.aimLine,
    baseline: { on: baselineOn, value: baseline },
    target: { on: goal.targetOn, value: goal.target },
    trend: goal.trend ?? undefined,
    // Scores before the plan began are another phase than those after.
    phases: before ? [{ on: startsOn, label: startLabel }] : [],
  };
}
