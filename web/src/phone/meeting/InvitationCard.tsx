// An invitation to a meeting, answered on the spot or with a note on its own page.
import { CalendarDays } from 'lucide-react';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import type { Invitation } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { paths } from '../words/paths.ts';
import { standing } from './answers.ts';
import { OtherTimes } from './OtherTimes.tsx';
import { Purpose } from './Purpose.tsx';
import styles from './InvitationCard.module.css';

interface InvitationCardProps {
  invitation: Invitation;
  /** The heading's rank on the page. */
  level?: 2 | 3;
  /** Its reader is told of the meeting and not asked: staff, and parents of an adult. */
  notice?: boolean;
}

export function InvitationCard({ invitation, level = 3, notice = false }: InvitationCardProps) {
  const core = useCore();
  const dates = useDates(invitation.timeZone);
  const go = useNavigate();
  const heading = useId();
  const [pending, setPending] = useState(false);
  const { agency, student, meeting, revision, startsAt, endsAt, place } = invitation;
  const answer = standing(invitation);
  const Heading = level === 2 ? 'h2' : 'h3';
  const open = () => void go(paths.meeting({ agency, id: student }, meeting));
  const come = async () => {
    setPending(true);
    await core
      .do(agency, { name: 'AnswerMeeting', meeting, revision, answer: 'yes', note: '' })
      .finally(() => setPending(false));
  };
  return (
    <article
      className={styles.card}
      data-open={!notice && answer === undefined}
      aria-labelledby={heading}
    >
      <Heading id={heading}>
        <CalendarDays aria-hidden="true" size={20} />
        <Purpose purpose={invitation.purpose} />
      </Heading>
      <p>
        <strong>{dates.longDay(startsAt)}</strong>
        <br />
        {dates.span(startsAt, endsAt)} · <bdi>{place}</bdi>
      </p>
      <OtherTimes invitation={invitation} />
      {!notice && invitation.answer != null && answer === undefined && (
        <p className={styles.moved}>
          <T id={invitation.asked ? 'meeting.asked' : 'meeting.moved'} />
        </p>
      )}
      {notice ? null : answer === undefined ? (
        <div className={styles.actions}>
          <Button kind="primary" pending={pending} onPress={() => void come()}>
            <T id="meeting.come" />
          </Button>
          <Button onPress={open}>
            <T id="meeting.else" />
          </Button>
        </div>
      ) : (
        <div className={styles.answered}>
          <span role="status">
            <T id={`meeting.answered.${answer.answer}`} />{' '}
            {answer.pending === true && (
              <Badge tone="aim">
                <T id="kept" />
              </Badge>
            )}
          </span>
          <Button kind="quiet" onPress={open}>
            <T id="meeting.change" />
          </Button>
        </div>
      )}
    </article>
  );
}
