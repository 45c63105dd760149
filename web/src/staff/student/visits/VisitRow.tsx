// One visit: when, which service, who came, what was noted, and how long it took to reach us.
import { ReviewVisitDocument, type VisitRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { Finding } from '../review/Finding.tsx';
import { Flag } from '../review/Flag.tsx';
import { Reviewed } from '../review/Reviewed.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { Delay } from './Delay.tsx';
import styles from './Visits.module.css';

export function VisitRow({ visit }: { visit: VisitRowFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const service = useNamed('service');
  const author = useAuthorName();
  const review = useOperation(ReviewVisitDocument);
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
        <Finding review={visit.review} />
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
      <Reviewed
        evidence={visit}
        by={review}
        // It is asked only where nothing was said: that is what this page shows.
        onSay={(finding, then) => review.run({ visit: visit.id, saw: null, finding }, then)}
      />
      <Delay happened={visit.occurredAt} received={visit.receivedAt} />
    </Row>
  );
}
