// Visits, newest first: when, how long, whether the child was there, and what was written.
import { useState } from 'react';
import { Link } from 'react-router';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { List, Row } from '~/components/List.tsx';
import type { StudentCard, Visit } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { CorrectVisit } from '../visit/CorrectVisit.tsx';
import { paths } from '../words/paths.ts';
import { isFamily } from '../words/roles.ts';
import { Service } from '../words/Service.tsx';
import styles from './Visits.module.css';

const FEW = 5;

interface VisitsProps {
  student: StudentCard;
  visits: readonly Visit[];
}

export function Visits({ student, visits }: VisitsProps) {
  const [all, setAll] = useState(false);
  const sorted = [...visits].sort((a, b) => b.startedAt - a.startedAt);
  if (sorted.length === 0)
    return (
      <p className={styles.soft}>
        <T id="visits.none" />
      </p>
    );
  return (
    <div className={styles.card}>
      <List>
        {(all ? sorted : sorted.slice(0, FEW)).map(visit => (
          <One key={visit.id} student={student} visit={visit} />
        ))}
      </List>
      {!all && sorted.length > FEW && (
        <Button kind="quiet" onPress={() => setAll(true)}>
          <T id="visits.all" values={{ count: sorted.length }} />
        </Button>
      )}
    </div>
  );
}

/** Why it did not take place, as whoever reads it would say it. */
function Missed({ visit: { attendance, mine, by } }: { visit: Visit }) {
  if (attendance === 'absentProvider' && !mine)
    return <T id="attendance.absentProvider.other" values={{ name: <bdi>{by.name}</bdi> }} />;
  return <T id={`attendance.${attendance}`} />;
}

function One({ student, visit }: { student: StudentCard; visit: Visit }) {
  const dates = useDates();
  return (
    <Row
      end={
        <>
          {visit.pending && (
            <Badge tone="aim">
              <T id="kept" />
            </Badge>
          )}
          {(visit.corrected || visit.amends != null) && (
            <Badge>
              <T id={visit.corrected ? 'visit.corrected' : 'visit.correction'} />
            </Badge>
          )}
        </>
      }
    >
      <strong>{dates.longDay(visit.startedAt)}</strong>
      <span className={styles.soft}>
        {dates.span(visit.startedAt, visit.endedAt)} · <Service service={visit.service} /> ·{' '}
        <bdi>{visit.by.name}</bdi>
      </span>
      {visit.attendance !== 'present' && (
        <span>
          <Missed visit={visit} />
        </span>
      )}
      {visit.note !== '' && (
        <p dir="auto" className={styles.note}>
          {visit.note}
        </p>
      )}
      {isFamily(student.roles) && !visit.corrected && (
        <div>
          <Link to={`${paths.ask(student, 'correct')}?visit=${visit.id}`} className={styles.wrong}>
            <T id="record.wrong" />
            <span className="visually-hidden">{dates.longDay(visit.startedAt)}</span>
          </Link>
        </div>
      )}
      {visit.mine && !visit.pending && !visit.corrected && (
        <div>
          <CorrectVisit visit={visit} student={student} />
        </div>
      )}
    </Row>
  );
}
