// What each guardian handed in before the plan is drafted.
import { Inbox } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { ParentInputRow } from './ParentInputRow.tsx';

export function ParentInputs() {
  const { student } = useStudentView();
  const maySee = useMay('SEE_INPUT');
  if (!maySee) return null;
  return (
    <Card title={<T id="inputs.title" />} note={<T id="inputs.note" />}>
      {student.parentInputs.length === 0 ? (
        <EmptyState icon={<Inbox aria-hidden="true" size={32} />} title={<T id="inputs.empty" />}>
          <T id="inputs.empty.next" />
        </EmptyState>
      ) : (
        <List>
          {student.parentInputs.map(input => (
            <ParentInputRow key={input.id} input={input} />
          ))}
        </List>
      )}
    </Card>
  );
}
