// When the student comes of age, from when on the rights of the parents are the student's own: the day
// by law, whether both were told, and who decides since.
import { useState } from 'react';
import { Card } from '~/components/Card.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { Adult } from './Adult.tsx';
import { MajorityFact } from './MajorityFact.tsx';
import { isNear, isOfAge, standingFact } from './ofAge.ts';
import { RecordMajority } from './RecordMajority.tsx';
import { SetLaw } from './SetLaw.tsx';
import styles from '../people/People.module.css';

export function ComingOfAge() {
  const { student } = useStudentView();
  const dates = useDates();
  const mayKeep = useMay('KEEP_RIGHTS');
  const coming = student.comingOfAge;
  const [now] = useState(Date.now);
  if (coming === null || !isNear(student, now)) return null;
  const fact = standingFact(coming);
  const name = <bdi>{student.name}</bdi>;
  const isLate = coming.tellBy !== null && Date.parse(coming.tellBy) < now;
  return (
    <Card id="majority" title={<T id="majority.title" />} note={<T id="majority.note" />}>
      {fact === undefined && coming.on !== null && (
        <Notice tone={isLate ? 'bad' : 'info'}>
          <T
            id={isLate ? 'majority.late' : 'majority.comes'}
            values={{ name, day: dates.day(coming.on), by: dates.day(coming.tellBy ?? coming.on) }}
          />
        </Notice>
      )}
      {coming.law === null ? (
        <Notice tone="info">
          <T id="majority.noLaw" />
        </Notice>
      ) : (
        student.birthDate === null && (
          <Notice tone="info">
            <T id="majority.noBirthDate" />
          </Notice>
        )
      )}
      {fact !== undefined && coming.on !== null && fact.on !== coming.on && (
        <Notice tone="bad">
          <T id="majority.differs" values={{ day: dates.day(coming.on) }} />
        </Notice>
      )}
      <ul className={styles.rights}>
        {coming.recorded.map(each => (
          <MajorityFact key={each.id} fact={each} />
        ))}
      </ul>
      {isOfAge(coming, now) && <Adult coming={coming} now={now} />}
      <div className={styles.actions}>
        {mayKeep && fact === undefined && coming.on !== null && <RecordMajority on={coming.on} />}
        {mayKeep && <SetLaw law={coming.law} />}
      </div>
    </Card>
  );
}
