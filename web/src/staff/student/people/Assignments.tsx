// Which staff work with the student now, and who did before.
import { UserPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { AssignmentRow } from './AssignmentRow.tsx';
import { holdsNow } from './rightsNow.ts';
import styles from './People.module.css';

export function Assignments() {
  const { student } = useStudentView();
  const mayAssign = useMay('ASSIGN');
  const [assigning, setAssigning] = useState(false);
  const now = student.assignments.filter(assignment => holdsNow(assignment));
  const past = student.assignments.filter(assignment => !holdsNow(assignment));
  return (
    <Card
      id="team"
      title={<T id="section.team" />}
      note={<T id="team.note" />}
      action={
        mayAssign && (
          <Button size="small" onPress={() => setAssigning(true)}>
            <UserPlus aria-hidden="true" size={18} />
            <T id="team.add" />
          </Button>
        )
      }
    >
      {now.length === 0 ? (
        <EmptyState
          icon={<UsersRound aria-hidden="true" size={32} />}
          title={<T id="team.empty" />}
        >
          <T id={mayAssign ? 'team.empty.next' : 'team.empty.wait'} />
        </EmptyState>
      ) : (
        <List>
          {now.map(assignment => (
            <AssignmentRow key={assignment.id} assignment={assignment} />
          ))}
        </List>
      )}
      {past.length > 0 && (
        <details className={styles.past}>
          <summary>
            <T id="team.past" values={{ count: past.length }} />
          </summary>
          <List>
            {past.map(assignment => (
              <AssignmentRow key={assignment.id} assignment={assignment} />
            ))}
          </List>
        </details>
      )}
      {assigning && <AssignDialog onClose={() => setAssigning(false)} />}
    </Card>
  );
}
