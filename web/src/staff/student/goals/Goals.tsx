// The goals, each with its chart.
import { Plus, Target } from 'lucide-react';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { GoalCard } from './GoalCard.tsx';
import { NewGoalDialog } from './NewGoalDialog.tsx';
import styles from './Goals.module.css';

export function Goals() {
  const { student } = useStudentView();
  const mayWrite = useMay('WRITE_GOAL');
  const [writing, setWriting] = useState(false);
  const maySee = useMay('SEE_GOALS');
  if (!maySee) return null;
  return (
    <Card
      id="goals"
      title={<T id="section.goals" />}
      action={
        mayWrite && (
          <Button size="small" onPress={() => setWriting(true)}>
            <Plus aria-hidden="true" size={18} />
            <T id="goals.write" />
          </Button>
        )
      }
    >
      {student.goals.length === 0 ? (
        <EmptyState icon={<Target aria-hidden="true" size={32} />} title={<T id="goals.empty" />}>
          <T id={mayWrite ? 'goals.empty.write' : 'goals.empty.next'} />
        </EmptyState>
      ) : (
        <div className={styles.goals}>
          {student.goals.map(goal => (
            <GoalCard key={goal.id} goal={goal} />
          ))}
        </div>
      )}
      {writing && <NewGoalDialog onClose={() => setWriting(false)} />}
    </Card>
  );
}
