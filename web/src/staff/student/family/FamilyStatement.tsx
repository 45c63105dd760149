// The one text that all guardians share. Where two of them wrote different words, both are kept
// and a person chooses.
import { MessageCircleHeart } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { StatementField } from './StatementField.tsx';
import styles from './Family.module.css';

export const statementFields = ['strengths', 'concerns', 'vision'] as const;

export function FamilyStatement() {
  const { student } = useStudentView();
  const statement = student.familyStatement;
  const maySee = useMay('SEE_STATEMENT');
  if (!maySee) return null;
  return (
    <Card id="family" title={<T id="statement.title" />} note={<T id="statement.note" />}>
      {statement === null ? (
        <EmptyState
          icon={<MessageCircleHeart aria-hidden="true" size={32} />}
          title={<T id="statement.empty" />}
        >
          <T id="statement.empty.next" />
        </EmptyState>
      ) : (
        <div className={styles.fields}>
          {statementFields.map(field => (
            <StatementField
              key={field}
              field={field}
              text={statement[field]}
              conflict={statement.conflicts.find(conflict => conflict.field === field)}
            />
          ))}
        </div>
      )}
    </Card>
  );
}
