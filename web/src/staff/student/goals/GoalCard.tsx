import { useMemo } from 'react';
import type { GoalCardFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { AimChart } from '~/components/chart/AimChart.tsx';
import { useMeasured } from '~/components/chart/useMeasured.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useStudentView } from '../StudentContext.ts';
import { seriesOf } from './seriesOf.ts';
import styles from './Goals.module.css';

export function GoalCard({ goal }: { goal: GoalCardFragment }) {
  const { timeZone, fresh } = useStudentView();
  const say = useText();
  const dates = useDates(timeZone);
  const unit = useNamed('unit');
  const area = useNamed('area');
  const start = say('chart.phase.start');
  const series = useMemo(
    () => seriesOf(goal, unit(goal.unit), start, fresh),
    [goal, unit, start, fresh],
  );
  const measured = useMeasured(series);
  return (
    <article className={styles.goal}>
      <header className={styles.head}>
        <h3>{goal.title}</h3>
        <p className={styles.facts}>
          <Badge>{area(goal.area)}</Badge>
          <span>
            <T
              id={`goal.aim.${goal.direction}`}
              values={{ aim: measured(goal.target), day: dates.day(goal.targetOn) }}
            />
          </span>
          {goal.trend !== null && (
            <span>
              <T id={`goal.evidence.${goal.trend.strength}`} />
            </span>
          )}
        </p>
      </header>
      <AimChart
        title={goal.title}
        series={series}
        sentence={<T id={`goal.outlook.${goal.outlook.status}`} />}
        timeZone={timeZone}
      />
    </article>
  );
}
