// One thing that waits: what it is, about whom, since when, and what keeps it if something does.
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import type { Waiting } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { Parked } from './Parked.tsx';
import styles from './OutboxPage.module.css';

const names: Record<string, MessageId> = {
  LogVisit: 'outbox.LogVisit',
  EditInput: 'outbox.EditInput',
  SubmitInput: 'outbox.SubmitInput',
  EditStatement: 'outbox.EditStatement',
  AnswerMeeting: 'outbox.AnswerMeeting',
  Resolve: 'outbox.Resolve',
};

const tones = { waiting: 'aim', sending: 'brand', parked: 'bad' } as const;

export function WaitingRow({ operation }: { operation: Waiting }) {
  const dates = useDates();
  const { name, at, state, summary } = operation;
  return (
    <Row
      end={
        <Badge tone={tones[state]}>
          <T id={`outbox.state.${state}`} />
        </Badge>
      }
    >
      <strong>
        <T id={names[name] ?? 'outbox.other'} />
      </strong>
      <span className={styles.soft}>
        {summary.studentName !== undefined && (
          <>
            <bdi>{summary.studentName}</bdi>
            {' · '}
          </>
        )}
        {dates.moment(summary.startedAt ?? at)}
      </span>
      {state === 'parked' && <Parked operation={operation} />}
    </Row>
  );
}
