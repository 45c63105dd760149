// One thing that waits: what it is, about whom, since when, and what can be done about it: taken
// back while it is only here, set right where the school did not take it.
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import type { Waiting } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { Name } from './Name.tsx';
import { Parked } from './Parked.tsx';
import { Undo } from './Undo.tsx';
import styles from './OutboxPage.module.css';

const tones = { waiting: 'aim', sending: 'brand', parked: 'bad' } as const;

interface WaitingRowProps {
  operation: Waiting;
  /** Only listed: nothing is done about it here. */
  still?: boolean;
}

export function WaitingRow({ operation, still = false }: WaitingRowProps) {
  const dates = useDates();
  const { name, at, state, intent, studentName, undo } = operation;
  const startedAt = intent?.name === 'LogVisit' ? intent.startedAt : at;
  return (
    <Row
      end={
        <Badge tone={tones[state]}>
          <T id={`outbox.state.${state}`} />
        </Badge>
      }
    >
      <strong>
        <Name name={name} />
      </strong>
      <span className={styles.soft}>
        {studentName !== undefined && (
          <>
            <bdi>{studentName}</bdi>
            {' · '}
          </>
        )}
        {dates.moment(startedAt)}
      </span>
      {!still && state === 'parked' && <Parked operation={operation} />}
      {!still && undo != null && <Undo operation={operation} />}
      {!still && state !== 'parked' && undo == null && (
        <span className={styles.soft}>
          <T id="undo.late.short" />
        </span>
      )}
    </Row>
  );
}
