// One request: who asks for what, by when it has to be done, what was answered, and the family's own
// words where the record was not corrected.
import { useState } from 'react';
import type { RecordRequestStanding, RequestRowFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { TakeCopy } from '~/copies/TakeCopy.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { Due } from './Due.tsx';
import { useContested } from './useContested.ts';
import { useCopy } from './useCopy.ts';
import styles from '../visits/Visits.module.css';

const tones = {
  ASKED: 'aim',
  GRANTED: 'good',
  REFUSED: 'plain',
  HEARING_ASKED: 'aim',
  REFUSED_AFTER_HEARING: 'plain',
} as const satisfies Record<RecordRequestStanding, string>;

export function RequestRow({ request }: { request: RequestRowFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const contested = useContested(request.contests);
  const mayAnswer = useMay('ANSWER_REQUEST');
  const mayCopy = useMay('COPY_RECORD');
  const take = useCopy(request.by.person);
  const [answering, setAnswering] = useState(false);
  const { asks, standing, answer, answeredAt, answeredBy } = request;
  const waits = standing === 'ASKED' || standing === 'HEARING_ASKED';
  return (
    <Row fresh={fresh.has(request.id)}>
      <div className={styles.line}>
        <strong>
          <T id={`requests.asks.${asks}`} />
        </strong>
        <Badge tone={tones[standing]}>
          <T id={`requests.standing.${standing}`} />
        </Badge>
        {waits && request.dueOn !== null && <Due on={request.dueOn} timeZone={timeZone} />}
      </div>
      <p className={styles.facts}>
        <T
          id="requests.by"
          values={{
            name: <bdi>{author(request.by)}</bdi>,
            at: dates.moment(request.receivedAt),
          }}
        />
      </p>
      {contested !== null && (
        <p>
          <T id="requests.about" values={{ what: contested }} />
        </p>
      )}
      <p className={styles.note} dir="auto">
        {request.words === '' ? <T id="requests.everything" /> : request.words}
      </p>
      {request.instead !== '' && (
        <p className={styles.note} dir="auto">
          <strong>
            <T id="requests.instead" />
          </strong>{' '}
          {request.instead}
        </p>
      )}
      {answer !== null && answeredBy !== null && answeredAt !== null && (
        <>
          <p className={styles.facts}>
            <T
              id="requests.answered"
              values={{ name: <bdi>{author(answeredBy)}</bdi>, at: dates.moment(answeredAt) }}
            />
          </p>
          <p className={styles.note} dir="auto">
            {answer}
          </p>
        </>
      )}
      {request.disagreements.map(stated => (
        <div key={stated.id}>
          <strong>
            <T id="requests.disagreement" />
          </strong>
          <p className={styles.note} dir="auto">
            {stated.words}
          </p>
        </div>
      ))}
      {asks === 'SEE' && mayCopy && (
        <TakeCopy size="small" take={take}>
          <T id="requests.copy.for" values={{ name: <bdi>{author(request.by)}</bdi> }} />
        </TakeCopy>
      )}
      {waits && mayAnswer && (
        <div>
          <Button size="small" onPress={() => setAnswering(true)}>
            <T id={`requests.answer.${standing === 'HEARING_ASKED' ? 'HEARING' : asks}`} />
          </Button>
        </div>
      )}
      {answering && <AnswerDialog request={request} onClose={() => setAnswering(false)} />}
    </Row>
  );
}
