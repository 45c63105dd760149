// One student: the whole row leads to the page.
import { ChevronRight, GitCompareArrows } from 'lucide-react';
import { Link } from 'react-router';
import type { StudentRowFragment } from '~/api/schema.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';
import { useGrade } from './useGrade.ts';
import styles from './Students.module.css';

export function StudentRow({ student }: { student: StudentRowFragment }) {
  const grade = useGrade();
  return (
    <li className={styles.row}>
      <Avatar name={student.name} />
      <div className={styles.who}>
        <Link className={styles.link} to={`/students/${student.id}`} translate="no">
          <bdi>{student.name}</bdi>
        </Link>
        <span className={styles.facts}>
          {student.grade !== null && <span>{grade(student.grade)}</span>}
          {student.school !== null && <span translate="no">{student.school}</span>}
        </span>
      </div>
      <span className={styles.badges}>
        {student.conflicts.length > 0 && (
          <Badge tone="aim" icon={<GitCompareArrows aria-hidden="true" />}>
            <T id="students.conflicts" values={{ count: student.conflicts.length }} />
          </Badge>
        )}
        {student.hasPlan && (
          <Badge tone="brand">
            <T id="students.goals" values={{ count: student.goals.length }} />
          </Badge>
        )}
      </span>
      <ChevronRight className={styles.chevron} aria-hidden="true" size={18} />
    </li>
  );
}
