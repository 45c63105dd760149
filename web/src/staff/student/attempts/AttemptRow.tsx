// One attempt: how, to whom, what came of it. What was written down wrongly is put right by
// another entry that stands in its place.
import { useState } from 'react';
import { ReviewAttemptDocument, type AttemptRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { Finding } from '../review/Finding.tsx';
import { Flag } from '../review/Flag.tsx';
import { Reviewed } from '../review/Reviewed.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { Delay } from '../visits/Delay.tsx';
import { LogAttemptDialog } from './LogAttemptDialog.tsx';
import styles from '../visits/Visits.module.css';

export function AttemptRow({ attempt }: { attempt: AttemptRowFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const language = useLanguageName();
  const author = useAuthorName();
  const review = useOperation(ReviewAttemptDocument);
  const [correcting, setCorrecting] = useState(false);
  return (
    <Row fresh={fresh.has(attempt.id)}>
      <div className={styles.line}>
        <strong>
          <T
            id={`attempts.channel.${attempt.channel}.to`}
            values={{ name: <bdi>{attempt.person.name}</bdi> }}
          />
        </strong>
        <Badge tone={attempt.reached === 'YES' ? 'brand' : 'aim'}>
          <T id={`attempts.reached.${attempt.reached}`} />
        </Badge>
        {attempt.flags.map(flag => (
          <Flag key={flag} flag={flag} />
        ))}
        <Finding review={attempt.review} />
      </div>
      <p className={styles.facts}>
        <T
          id="attempts.when"
          values={{
            at: dates.moment(attempt.at),
            language: language(attempt.language),
            name: <bdi>{author(attempt.by)}</bdi>,
          }}
        />
      </p>
      {attempt.note !== '' && (
        <p className={styles.note} dir="auto">
          {attempt.note}
        </p>
      )}
      <Reviewed
        evidence={attempt}
        by={review}
        // It is asked only where nothing was said: that is what this page shows.
        onSay={(finding, then) => review.run({ attempt: attempt.id, saw: null, finding }, then)}
      />
      <Delay happened={attempt.at} received={attempt.receivedAt} />
      <div>
        <Button size="small" onPress={() => setCorrecting(true)}>
          <T id="attempts.correct" />
          <span className="visually-hidden">{dates.moment(attempt.at)}</span>
        </Button>
      </div>
      {correcting && <LogAttemptDialog amends={attempt} onClose={() => setCorrecting(false)} />}
    </Row>
  );
}
