// A goal in plain words and one picture: what is aimed at, where the child is, whether it will do.
import { useMemo } from 'react';
import { AimChart } from '~/components/chart/AimChart.tsx';
import type { ChartSeries } from '~/components/chart/series.ts';
import type { Goal } from '~/core/face.ts';
import { useUnit } from '../words/useUnits.ts';
import { Outlook } from './Outlook.tsx';
import styles from './GoalPicture.module.css';

export function GoalPicture({ goal, name }: { goal: Goal; name: string }) {
  const unit = useUnit();
  const series = useMemo(() => seriesOf(goal, unit(goal.unit)), [goal, unit]);
  return (
    <div className={styles.goal}>
      <p className={styles.title}>{goal.title}</p>
      <AimChart title={goal.title} series={series} sentence={<Outlook goal={goal} name={name} />} />
    </div>
  );
}

function seriesOf(goal: Goal, unit: string): ChartSeries {
  return {
    unit,
    points: goal.points.map(({ value, by, ...point }) => ({
      ...point,
      value: value ?? null,
      by: by.name,
    })),
    aimLine: goal.aimLine,
    baseline:
      goal.baseline == null || goal.baselineOn == null
        ? undefined
        : { on: goal.baselineOn, value: goal.baseline },
    target: { on: goal.targetOn, value: goal.target },
    phases: [],
  };
}
