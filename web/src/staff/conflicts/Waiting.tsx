// What waits for a choice, the oldest first.
import { GitCompareArrows } from 'lucide-react';
import type { ConflictsQuery } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List, Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useAuthorName } from '../student/useAuthorName.ts';
import type { Disputed } from './ConflictDialog.tsx';
import { nameOf } from './fields.ts';
import { StudentLink } from './StudentLink.tsx';
import { Which } from './Which.tsx';
import styles from './Conflicts.module.css';

type Queue = NonNullable<ConflictsQuery['agency']>['conflictQueue'];

interface WaitingProps {
  conflicts: Queue;
  timeZone: string;
  onOpen: (conflict: Disputed) => void;
}

export function Waiting({ conflicts, timeZone, onOpen }: WaitingProps) {
  const dates = useDates(timeZone);
  const author = useAuthorName();
  if (conflicts.length === 0)
    return (
      <EmptyState
        icon={<GitCompareArrows aria-hidden="true" size={32} />}
        title={<T id="conflicts.empty" />}
      >
        <T id="conflicts.empty.next" />
      </EmptyState>
    );
  return (
    <Card>
      <List>
        {conflicts.map(conflict => (
          <Row
            key={conflict.id}
            end={
              <Button size="small" onPress={() => onOpen(conflict)}>
                <T id="conflict.open" />
                <span className="visually-hidden">{conflict.student.name}</span>
              </Button>
            }
          >
            <StudentLink student={conflict.student} />
            <span>
              <T id={nameOf(conflict.field)} />
            </span>
            <Which about={conflict.about} timeZone={timeZone} />
            <span className={styles.facts}>
              <T
                id="conflict.since"
                values={{
                  count: conflict.alternatives.length,
                  names: conflict.alternatives.map(({ by }) => author(by)).join(', '),
                  at: dates.moment(conflict.raisedAt),
                }}
              />
            </span>
          </Row>
        ))}
      </List>
    </Card>
  );
}
