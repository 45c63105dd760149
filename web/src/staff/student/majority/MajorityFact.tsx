// One day as it was written down: from when on, by which law, how student and parents were told, and
// whether it was taken back.
import type { ComingOfAgeFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import { WithdrawMajority } from './WithdrawMajority.tsx';
import styles from '../people/People.module.css';

export type Fact = ComingOfAgeFragment['recorded'][number];

export function MajorityFact({ fact }: { fact: Fact }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const mayKeep = useMay('KEEP_RIGHTS');
  const isOver = fact.withdrawnAt !== null;
  return (
    <li data-ended={isOver || undefined}>
      <div className={styles.right}>
        <strong>
          <T id="majority.from" values={{ day: dates.day(fact.on), age: fact.age }} />
        </strong>
        <span className={styles.small}>
          <bdi>{fact.law}</bdi>
        </span>
        <span className={styles.small}>
          <T
            id="majority.told"
            values={{
              day: dates.day(fact.toldOn),
              told: <bdi>{fact.told}</bdi>,
              name: <bdi>{author(fact.recordedBy)}</bdi>,
            }}
          />{' '}
          {fact.toldLate && (
            <Badge tone="aim">
              <T id="majority.toldLate" />
            </Badge>
          )}
        </span>
        {fact.withdrawnAt !== null && fact.withdrawnBy !== null && (
          <span className={styles.small}>
            <T
              id="majority.withdrawn"
              values={{
                day: dates.dateOf(fact.withdrawnAt),
                evidence: <bdi>{fact.withdrawnEvidence}</bdi>,
                name: <bdi>{author(fact.withdrawnBy)}</bdi>,
              }}
            />
          </span>
        )}
      </div>
      {mayKeep && !isOver && <WithdrawMajority fact={fact} />}
    </li>
  );
}
