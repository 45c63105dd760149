// How the family was tried to be reached, newest first, with what came of each try.
import { useState } from 'react';
import { PhoneCall } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { List, Row } from '~/components/List.tsx';
import type { Attempt, StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { paths } from '../words/paths.ts';
import { CorrectAttempt } from './CorrectAttempt.tsx';
import styles from '../student/Visits.module.css';

const FEW = 5;

interface AttemptsProps {
  student: StudentCard;
  attempts: readonly Attempt[];
}

export function Attempts({ student, attempts }: AttemptsProps) {
  const go = useNavigate();
  const [all, setAll] = useState(false);
  return (
    <>
      {attempts.length === 0 ? (
        <p className={styles.soft}>
          <T id="contact.none" />
        </p>
      ) : (
        <div className={styles.card}>
          <List>
            {(all ? attempts : attempts.slice(0, FEW)).map(attempt => (
              <One key={attempt.id} student={student} attempt={attempt} />
            ))}
          </List>
          {!all && attempts.length > FEW && (
            <Button kind="quiet" onPress={() => setAll(true)}>
              <T id="contact.all" values={{ count: attempts.length }} />
            </Button>
          )}
        </div>
      )}
      <Button wide onPress={() => void go(paths.contact(student))}>
        <PhoneCall aria-hidden="true" />
        <T id="contact.log" />
      </Button>
    </>
  );
}

function One({ student, attempt }: { student: StudentCard; attempt: Attempt }) {
  const dates = useDates();
  const language = useLanguageName();
  return (
    <Row
      end={
        <>
          {attempt.pending && (
            <Badge tone="aim">
              <T id="kept" />
            </Badge>
          )}
          {attempt.amends != null && (
            <Badge>
              <T id="contact.correction" />
            </Badge>
          )}
        </>
      }
    >
      <strong>
        <bdi>{attempt.person.name}</bdi>
      </strong>
      <span>
        <T id={`contact.reached.${attempt.reached}`} />
      </span>
      <span className={styles.soft}>
        <T id={`contact.channel.${attempt.channel}`} /> · {dates.moment(attempt.at)} ·{' '}
        {language(attempt.language)} · <bdi>{attempt.by.name}</bdi>
      </span>
      {attempt.note !== '' && (
        <p dir="auto" className={styles.note}>
          {attempt.note}
        </p>
      )}
      {!attempt.pending && (
        <div>
          <CorrectAttempt attempt={attempt} student={student} />
        </div>
      )}
    </Row>
  );
}
