// A provider's students, by district, found by typing a piece of a name. Whoever was seen about
// now a week ago comes first: that is most often who is seen next.
import { useDeferredValue, useState } from 'react';
import { SearchField } from '~/components/SearchField.tsx';
import type { StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { byAgency, found, seenAboutNow } from './caseload.ts';
import { StudentRow } from './StudentRow.tsx';
import styles from './Caseload.module.css';

interface CaseloadProps {
  students: readonly StudentCard[];
  /** Touching a student opens the visit form at once. */
  picking?: boolean;
}

export function Caseload({ students, picking = false }: CaseloadProps) {
  const say = useText();
  const [wanted, setWanted] = useState('');
  const [now] = useState(Date.now);
  const matching = found(students, useDeferredValue(wanted));
  const likely = wanted === '' ? seenAboutNow(students, now) : [];
  return (
    <div className={styles.caseload}>
      {students.length > 5 && (
        <SearchField label={say('caseload.search')} value={wanted} onChange={setWanted} />
      )}
      <p className="visually-hidden" role="status">
        {wanted !== '' && <T id="caseload.found" values={{ count: matching.length }} />}
      </p>
      {likely.length > 0 && (
        <Group title={<T id="caseload.likely" />} students={likely} picking={picking} />
      )}
      {byAgency(matching).map(([agency, name, group]) => (
        <Group key={agency} title={name} students={group} picking={picking} />
      ))}
      {matching.length === 0 && (
        <p className={styles.none}>
          <T id="caseload.none" />
        </p>
      )}
    </div>
  );
}

interface GroupProps {
  title: React.ReactNode;
  students: readonly StudentCard[];
  picking: boolean;
}

function Group({ title, students, picking }: GroupProps) {
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      <ul>
        {students.map(student => (
          <StudentRow key={student.id} student={student} picking={picking} />
        ))}
      </ul>
    </section>
  );
}
