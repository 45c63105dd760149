// One student of a caseload: who it is, when last seen, and the way to a visit in one touch.
import { ClipboardPen } from 'lucide-react';
import { Link } from 'react-router';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import type { StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Grade } from '../words/Grade.tsx';
import { Ago } from '../words/Ago.tsx';
import { paths } from '../words/paths.ts';
import { servicesOf } from '../words/roles.ts';
import styles from './StudentRow.module.css';

export function StudentRow({ student, picking }: { student: StudentCard; picking: boolean }) {
  const say = useText();
  const logs = servicesOf(student.roles).length > 0;
  return (
    <li className={styles.row}>
      <Link to={picking ? paths.visit(student) : paths.student(student)} className={styles.who}>
        <Avatar name={student.name} />
        <span className={styles.words}>
          <span className={styles.name}>
            <bdi>{student.name}</bdi>{' '}
            {logs && student.begun && (
              <Badge tone="aim">
                <T id="visit.begun" />
              </Badge>
            )}
          </span>
          <span className={styles.about}>
            <Grade grade={student.grade} school={student.school} />
          </span>
          <span className={styles.about}>
            {student.lastVisit == null ? (
              <T id="caseload.notSeen" />
            ) : (
              <T id="caseload.seen" values={{ when: <Ago at={student.lastVisit} /> }} />
            )}
          </span>
        </span>
      </Link>
      {logs && !picking && (
        <Link
          to={paths.visit(student)}
          className={styles.log}
          aria-label={say('visit.logFor', { name: student.name })}
        >
          <ClipboardPen aria-hidden="true" />
        </Link>
      )}
    </li>
  );
}
