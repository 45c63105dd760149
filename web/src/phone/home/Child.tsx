// A parent's child: how the child is doing in one sentence and one picture, then what waits for
// the parent. Everything else is one touch away.
import { FileHeart, MessageSquareHeart } from 'lucide-react';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { Invitation, Student, StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { InvitationCard } from '../meeting/InvitationCard.tsx';
import { GoalPicture } from '../student/GoalPicture.tsx';
import { headline } from '../student/goals.ts';
import { Grade } from '../words/Grade.tsx';
import { paths } from '../words/paths.ts';
import { Way, Ways } from '../words/Way.tsx';
import styles from './Child.module.css';

interface ChildProps {
  child: StudentCard;
  invitations: readonly Invitation[];
}

export function Child({ child, invitations }: ChildProps) {
  const { agency, id } = child;
  const student = useScreen({ screen: 'student', agency, id });
  return (
    <section className={styles.child} aria-labelledby={id}>
      <header className={styles.head}>
        <Avatar name={child.name} size="large" />
        <div>
          <h2 id={id}>
            <bdi>{child.name}</bdi>
          </h2>
          <p className={styles.about}>
            <Grade grade={child.grade} school={child.school} />
          </p>
        </div>
      </header>
      {child.filling || !student ? (
        <Skeleton lines={4} />
      ) : (
        <>
          {invitations.map(invitation => (
            <InvitationCard key={invitation.meeting} invitation={invitation} />
          ))}
          <Doing child={child} student={student} />
          <ToWrite child={child} student={student} />
        </>
      )}
    </section>
  );
}

function Doing({ child, student }: { child: StudentCard; student: Student }) {
  const goal = headline(student.goals);
  return (
    <div className={styles.card}>
      <h3>
        <T id="child.doing" values={{ name: child.givenName }} />
      </h3>
      {goal === undefined ? (
        <p>
          <T id="child.noGoals" />
        </p>
      ) : (
        <GoalPicture goal={goal} name={child.givenName} />
      )}
      <Way to={paths.student(child)}>
        <T id="child.more" values={{ count: student.goals.length }} />
      </Way>
    </div>
  );
}

function ToWrite({ child, student }: { child: StudentCard; student: Student }) {
  const submitted = student.input?.submittedAt != null;
  return (
    <Ways>
      <li>
        <Way
          to={paths.input(child)}
          icon={<MessageSquareHeart aria-hidden="true" />}
          badge={submitted && <Badge tone="good">{<T id="input.given" />}</Badge>}
          help={<T id="input.invite.why" />}
        >
          <T id="input.invite" />
        </Way>
      </li>
      <li>
        <Way
          to={paths.statement(child)}
          icon={<FileHeart aria-hidden="true" />}
          badge={child.conflicts > 0 && <Badge tone="aim">{<T id="statement.choose" />}</Badge>}
          help={<T id="statement.invite.why" />}
        >
          <T id="statement.invite" />
        </Way>
      </li>
    </Ways>
  );
}
