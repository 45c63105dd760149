// How long the record is kept, and what keeps it longer (34 CFR 300.624, 99.10(e)); for the director,
// who answers for the records.
import { useState } from 'react';
import type { RetentionFragment } from '~/api/schema.ts';
import { Actions } from '~/components/Actions.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { HoldLine } from './HoldLine.tsx';
import { NoticeDialog } from './NoticeDialog.tsx';
import { PlaceHoldDialog } from './PlaceHoldDialog.tsx';
import styles from '../people/People.module.css';

export function Retention() {
  const { student } = useStudentView();
  return (
    student.retention !== null && (
      <Card id="retention" title={<T id="retention.record" />} note={<T id="retention.note" />}>
        <Keeping retention={student.retention} />
      </Card>
    )
  );
}

function Keeping({ retention }: { retention: RetentionFragment }) {
  const dates = useDates();
  const author = useAuthorName();
  const [asking, setAsking] = useState<'hold' | 'notice' | null>(null);
  const close = () => setAsking(null);
  const { leftOn, keptUntil, obstacles, holds, notices } = retention;
  return (
    <>
      {leftOn !== null && (
        <p>
          <T id="retention.left" values={{ day: dates.day(leftOn) }} />{' '}
          {keptUntil !== null && <T id="retention.until" values={{ day: dates.day(keptUntil) }} />}
        </p>
      )}
      <p className={styles.line}>
        {obstacles.map(obstacle => (
          <Badge key={obstacle} tone={obstacle === 'HELD' ? 'aim' : 'plain'}>
            <T id={`retention.obstacle.${obstacle}`} />
          </Badge>
        ))}
        {obstacles.length === 0 && (
          <Badge tone="good">
            <T id="retention.free" />
          </Badge>
        )}
      </p>
      {(holds.length > 0 || notices.length > 0) && (
        <ul className={styles.rights}>
          {holds.map(hold => (
            <HoldLine key={hold.id} hold={hold} />
          ))}
          {notices.map(({ on, told, recordedBy }) => (
            <li key={`${on} ${told}`}>
              <div className={styles.right}>
                <strong>
                  <T id="retention.told" values={{ day: dates.day(on) }} />
                </strong>
                <span className={styles.small}>
                  <T
                    id="retention.told.how"
                    values={{ told: <bdi>{told}</bdi>, name: <bdi>{author(recordedBy)}</bdi> }}
                  />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Actions>
        <Button size="small" onPress={() => setAsking('hold')}>
          <T id="retention.hold" />
        </Button>
        {leftOn !== null && (
          <Button size="small" onPress={() => setAsking('notice')}>
            <T id="retention.tell" />
          </Button>
        )}
      </Actions>
      {asking === 'hold' && <PlaceHoldDialog onClose={close} />}
      {asking === 'notice' && <NoticeDialog onClose={close} />}
    </>
  );
}
