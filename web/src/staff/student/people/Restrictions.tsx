// The orders that keep a contact from the student's record, and those that were lifted.
import type { ContactRowFragment } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import { LiftRestriction } from './LiftRestriction.tsx';
import styles from './People.module.css';

export function Restrictions({ contact }: { contact: ContactRowFragment }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const mayLift = useMay('KEEP_RIGHTS');
  return (
    <ul className={styles.rights}>
      {contact.restrictions.map(restriction => (
        <li key={restriction.id} data-ended={restriction.liftedAt !== null || undefined}>
          <div className={styles.right}>
            <strong>
              <T id="restriction.stands" values={{ day: dates.dateOf(restriction.startsAt) }} />
            </strong>
            <span className={styles.small}>
              <T
                id="restriction.order.by"
                values={{
                  order: <bdi>{restriction.order}</bdi>,
                  name: <bdi>{author(restriction.recordedBy)}</bdi>,
                }}
              />
            </span>
            {restriction.liftedAt !== null && restriction.liftedBy !== null && (
              <span className={styles.small}>
                <T
                  id="restriction.lifted"
                  values={{
                    day: dates.dateOf(restriction.liftedAt),
                    evidence: <bdi>{restriction.liftedEvidence}</bdi>,
                    name: <bdi>{author(restriction.liftedBy)}</bdi>,
                  }}
                />
              </span>
            )}
          </div>
          {mayLift && restriction.liftedAt === null && (
            <LiftRestriction contact={contact} restriction={restriction} />
          )}
        </li>
      ))}
    </ul>
  );
}
