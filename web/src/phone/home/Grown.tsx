// A child who is of age and holds the rights alone: their parents are still sent notices of meetings
// (34 CFR 300.520), and read nothing else here.
import { useState } from 'react';
import { Avatar } from '~/components/Avatar.tsx';
import type { StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { InvitationCard } from '../meeting/InvitationCard.tsx';
import styles from './Child.module.css';

export function Grown({ child }: { child: StudentCard }) {
  const { agency, id } = child;
  const student = useScreen({ screen: 'student', agency, id });
  const [now] = useState(Date.now);
  const meetings = student?.meetings.filter(({ endsAt }) => endsAt > now) ?? [];
  return (
    <section className={styles.child} aria-labelledby={id}>
      <header className={styles.head}>
        <Avatar name={child.name} size="large" />
        <div>
          <h2 id={id}>
            <bdi>{child.name}</bdi>
          </h2>
          <p className={styles.about}>
            <T id="grown.why" values={{ name: <bdi>{child.givenName}</bdi> }} />
          </p>
        </div>
      </header>
      {meetings.map(meeting => (
        <InvitationCard key={meeting.meeting} invitation={meeting} notice />
      ))}
    </section>
  );
}
