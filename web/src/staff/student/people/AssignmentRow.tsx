import type { AssignmentRowFragment } from '~/api/schema.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { EndAssignment } from './EndAssignment.tsx';
import { holdsNow } from './rightsNow.ts';
import styles from './People.module.css';

export function AssignmentRow({ assignment }: { assignment: AssignmentRowFragment }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const service = useNamed('service');
  const { role, startsAt, endsAt } = assignment;
  const current = holdsNow(assignment);
  const mayEnd = useMay('ASSIGN') && current;
  const days = { from: dates.dateOf(startsAt), to: endsAt === null ? '' : dates.dateOf(endsAt) };
  return (
    <Row
      lead={<Avatar name={assignment.person.name} />}
      end={mayEnd ? <EndAssignment assignment={assignment} /> : undefined}
    >
      <strong translate="no">
        <bdi>{assignment.person.name}</bdi>
      </strong>
      <span className={styles.small}>
        <T id={`assignment.${role}`} />
        {assignment.service !== null && ` · ${service(assignment.service)}`}
      </span>
      <span className={styles.small}>
        <T id={endsAt === null ? 'team.since' : 'team.span'} values={days} />
      </span>
    </Row>
  );
}
