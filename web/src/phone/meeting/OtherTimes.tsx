// Two at the school moved a meeting at once. Until they have chosen, whoever is invited sees both
// times, and that it is not for them to sort out.
import type { Invitation } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import styles from './InvitationCard.module.css';

export function OtherTimes({ invitation }: { invitation: Invitation }) {
  const { timeZone, otherTimes } = invitation;
  const dates = useDates(timeZone);
  if (otherTimes.length === 0) return null;
  return (
    <div className={styles.moved}>
      <p>
        <T id="meeting.others" values={{ count: otherTimes.length }} />
      </p>
      <ul>
        {otherTimes.map(({ startsAt, endsAt, place }) => (
          <li key={`${startsAt} ${endsAt} ${place}`}>
            {dates.longDay(startsAt)}, {dates.span(startsAt, endsAt)} · <bdi>{place}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
