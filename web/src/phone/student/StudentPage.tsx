// One student: goals as pictures, visits, the people around the child. What a person can do here
// depends on what they are to the child.
import { BookOpenText, ClipboardPen, Eye } from 'lucide-react';
import { useNavigate, useParams } from 'react-router';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Attempts } from '../contact/Attempts.tsx';
import { Screen } from '../frame/Screen.tsx';
import { InvitationCard } from '../meeting/InvitationCard.tsx';
import { paths } from '../words/paths.ts';
import { isFamily, mayLogAttempts, servicesOf } from '../words/roles.ts';
import { Way, Ways } from '../words/Way.tsx';
import { GoalPicture } from './GoalPicture.tsx';
import { Team } from './Team.tsx';
import { Visits } from './Visits.tsx';
import styles from './StudentPage.module.css';

export function StudentPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const go = useNavigate();
  if (shown === null) return <Gone />;
  if (shown === undefined)
    return (
      <Screen title={<T id="loading" />} back="/">
        <Skeleton lines={6} />
      </Screen>
    );

  const { student, goals, visits, attempts, requests, meetings, team, mine } = shown;
  const waits = requests.filter(({ standing }) => standing === 'asked').length;
  const logs = servicesOf(mine.roles).length > 0;
  return (
    <Screen
      title={<bdi>{student.name}</bdi>}
      under={<bdi>{[student.school, student.agencyName].filter(Boolean).join(' · ')}</bdi>}
      back="/"
      action={
        logs ? (
          <Button kind="primary" onPress={() => void go(paths.visit({ agency, id }))}>
            <ClipboardPen aria-hidden="true" />
            <T id="visit.log" />
          </Button>
        ) : undefined
      }
    >
      {meetings.map(meeting => (
        <InvitationCard
          key={meeting.meeting}
          invitation={meeting}
          level={2}
          notice={!isFamily(mine.roles)}
        />
      ))}
      <section className={styles.part}>
        <h2>
          <T id="student.goals" />
        </h2>
        {goals.map(goal => (
          <div key={goal.id} className={styles.card}>
            <GoalPicture goal={goal} name={student.givenName} />
          </div>
        ))}
        {goals.length === 0 && (
          <p className={styles.none}>
            <T id="child.noGoals" />
          </p>
        )}
      </section>
      {(visits.length > 0 || logs) && (
        <section className={styles.part}>
          <h2>
            <T id="student.visits" />
          </h2>
          <Visits student={student} visits={visits} />
        </section>
      )}
      {mayLogAttempts(mine.roles) && (
        <section className={styles.part}>
          <h2>
            <T id="contact.title" />
          </h2>
          <Attempts student={student} attempts={attempts} />
        </section>
      )}
      <section className={styles.part}>
        <h2>
          <T id="student.team" />
        </h2>
        <Team team={team} />
      </section>
      {isFamily(mine.roles) && (
        <section className={styles.part}>
          <h2>
            <T id="student.record" />
          </h2>
          <Ways>
            <li>
              <Way
                to={paths.looks({ agency, id })}
                icon={<Eye aria-hidden="true" />}
                help={<T id="looks.why" values={{ name: student.givenName }} />}
              >
                <T id="looks.title" />
              </Way>
            </li>
            <li>
              <Way
                to={paths.record({ agency, id })}
                icon={<BookOpenText aria-hidden="true" />}
                badge={
                  waits > 0 && (
                    <Badge tone="aim">
                      <T id="record.waits" values={{ count: waits }} />
                    </Badge>
                  )
                }
                help={<T id="record.why" />}
              >
                <T id="record.title" />
              </Way>
            </li>
          </Ways>
        </section>
      )}
    </Screen>
  );
}

/** The child's things left this phone, or were never on it; the reason is not told. */
export function Gone() {
  return (
    <Screen title={<T id="student.gone" />} back="/">
      <EmptyState title={<T id="student.gone.title" />}>
        <T id="student.gone.why" />
      </EmptyState>
    </Screen>
  );
}
