// The goals, each with its chart.
import { Target } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { GoalCard } from './GoalCard.tsx';
import styles from './Goals.module.css';

export function Goals() {
  const { student } = useStudentView();
  return (
    <Card id="goals" title={<T id="section.goals" />}>
      {student.goals.length === 0 ? (
        <EmptyState icon={<Target aria-hidden="true" size={32} />} title={<T id="goals.empty" />}>
          <T id="goals.empty.next" />
        </EmptyState>
      ) : (
        <div className={styles.goals}>
          {student.goals.map(goal => (
            <GoalCard key={goal.id} goal={goal} />
          ))}
        </div>
      )}
    </Card>
  );
}
