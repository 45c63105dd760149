import type { StudentRowFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { StudentRow } from './StudentRow.tsx';
import styles from './Students.module.css';

interface StudentListProps {
  students: readonly StudentRowFragment[];
  total: number;
  more: boolean;
  pending: boolean;
  onMore: () => void;
}

export function StudentList({ students, total, more, pending, onMore }: StudentListProps) {
  return (
    <>
      <ul className={styles.list}>
        {students.map(student => (
          <StudentRow key={student.id} student={student} />
        ))}
      </ul>
      {more && (
        <div className={styles.more}>
          <p>
            <T id="students.shown" values={{ shown: students.length, total }} />
          </p>
          <Button pending={pending} onPress={onMore}>
            <T id="students.more" />
          </Button>
        </div>
      )}
    </>
  );
}
