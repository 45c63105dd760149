// The educational rights of one contact: on what basis, by what evidence, granted by whom.
import type { ContactRowFragment } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import { EndRights } from './EndRights.tsx';
import { countsNow, holdsNow } from './rightsNow.ts';
import styles from './People.module.css';

export function Rights({ contact }: { contact: ContactRowFragment }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const mayEnd = useMay('KEEP_RIGHTS');
  return (
    <ul className={styles.rights}>
      {contact.rights.map(right => (
        <li key={right.id} data-ended={!holdsNow(right) || undefined}>
          <div className={styles.right}>
            <strong>
              <T id={`basis.${right.basis}`} />
            </strong>
            <span className={styles.small}>
              <T
                id="rights.granted"
                values={{
                  evidence: <bdi>{right.evidence}</bdi>,
                  name: <bdi>{author(right.grantedBy)}</bdi>,
                  day: dates.dateOf(right.startsAt),
                }}
              />
            </span>
            {right.notifiedFrom !== null && !holdsNow(right) && (
              <span className={styles.small}>
                <T id="rights.notified" values={{ day: dates.dateOf(right.notifiedFrom) }} />
              </span>
            )}
            {right.endsAt !== null && (
              <span className={styles.small}>
                <T
                  id={holdsNow(right) ? 'rights.ends' : 'rights.ended'}
                  values={{ day: dates.dateOf(right.endsAt) }}
                />
              </span>
            )}
          </div>
          {mayEnd && countsNow(right) && <EndRights contact={contact} right={right} />}
        </li>
      ))}
    </ul>
  );
}
