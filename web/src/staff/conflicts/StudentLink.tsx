// Whom a row is about: its title, and the way to that student's page.
import { Link } from 'react-router';
import styles from './Conflicts.module.css';

export function StudentLink({ student }: { student: { id: string; name: string } }) {
  return (
    <h2 className={styles.whose}>
      <Link to={`/students/${student.id}`} translate="no">
        <bdi>{student.name}</bdi>
      </Link>
    </h2>
  );
}
