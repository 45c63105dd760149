import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-router';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { useGrade } from '../students/useGrade.ts';
import { LiveStatus } from './LiveStatus.tsx';
import { useStudentView } from './StudentContext.ts';
import type { News } from './useStudent.ts';
import styles from './Student.module.css';

export function StudentHeader({ news }: { news: News | null }) {
  const { student } = useStudentView();
  const grade = useGrade();
  const dates = useDates();
  const languageName = useLanguageName();
  const { homeLanguage, birthDate } = student;
  const facts = [
    student.grade !== null && grade(student.grade),
    student.school,
    birthDate !== null && (
      <T key="born" id="student.born" values={{ date: dates.day(birthDate) }} />
    ),
    homeLanguage !== null && (
      <T key="home" id="student.homeLanguage" values={{ language: languageName(homeLanguage) }} />
    ),
  ].filter(fact => fact !== false && fact !== null);

  return (
    <header className={styles.header}>
      <Link to="/" className={styles.back}>
        <ArrowLeft aria-hidden="true" size={18} />
        <T id="student.back" />
      </Link>
      <div className={styles.identity}>
        <Avatar name={student.name} size="large" />
        <div className={styles.words}>
          <div className={styles.name}>
            <h1 translate="no">
              <bdi>{student.name}</bdi>
            </h1>
            <Badge tone={student.hasPlan ? 'brand' : 'plain'}>
              <T id={student.hasPlan ? 'student.hasPlan' : 'student.noPlan'} />
            </Badge>
          </div>
          <ul className={styles.facts}>
            {facts.map((fact, index) => (
              <li key={index}>{fact}</li>
            ))}
          </ul>
        </div>
      </div>
      <LiveStatus news={news} />
    </header>
  );
}
