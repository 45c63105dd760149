// One visit: when, which service, who came, what was noted, and how long it took to reach us.
import type { VisitRowFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { Delay } from './Delay.tsx';
import { Flag } from './Flag.tsx';
import { ReviewVisit } from './ReviewVisit.tsx';
import styles from './Visits.module.css';

export function VisitRow({ visit }: { visit: VisitRowFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const service = useNamed('service');
  const author = useAuthorName();
  const scores = visit.points.filter(point => point.status === 'SCORED').length;
  const where = {
    day: dates.dateOf(visit.startedAt),
    time: dates.span(visit.startedAt, visit.endedAt),
  };
  return (
    <Row fresh={fresh.has(visit.id)}>
      <div className={styles.line}>
        <strong>{service(visit.service)}</strong>
        {visit.attendance !== 'PRESENT' && (
          <Badge tone="aim">
            <T id={`attendance.${visit.attendance}`} />
          </Badge>
        )}
        {scores > 0 && (
          <Badge tone="brand">
            <T id="visits.scores" values={{ count: scores }} />
          </Badge>
        )}
        {visit.flags.map(flag => (
          <Flag key={flag} flag={flag} />
        ))}
        {visit.finding !== null && (
          <Badge tone={visit.finding === 'ACCEPTED' ? 'brand' : 'aim'}>
            <T id={`visits.finding.${visit.finding}`} />
          </Badge>
        )}
      </div>
      <p className={styles.facts}>
        <T
          id="visits.when"
          values={{ ...where, minutes: visit.minutes, name: <bdi>{author(visit.by)}</bdi> }}
        />
      </p>
      {visit.note !== '' && (
        <p className={styles.note} dir="auto">
          {visit.note}
        </p>
      )}
      <ReviewVisit visit={visit} />
      <Delay happened={visit.occurredAt} received={visit.receivedAt} />
    </Row>
  );
}
