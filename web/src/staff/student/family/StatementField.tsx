// One part of the family statement: its words, or that several versions of them wait for a choice.
import type { ConflictCardFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useSettling } from '../../conflicts/useSettling.tsx';
import { statementKey } from '../arrivals.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Family.module.css';

interface StatementFieldProps {
  field: 'strengths' | 'concerns' | 'vision';
  text: string;
  conflict: ConflictCardFragment | undefined;
}

export function StatementField({ field, text, conflict }: StatementFieldProps) {
  const { fresh, timeZone, refresh } = useStudentView();
  const standing = conflict === undefined ? [] : [conflict];
  const { settle, dialog } = useSettling(timeZone, standing, refresh);
  return (
    <section
      className={styles.field}
      data-fresh={fresh.has(statementKey(field, text)) || undefined}
    >
      <h3>
        <T id={`statement.${field}`} />
      </h3>
      {conflict !== undefined ? (
        <Notice
          tone="aim"
          title={<T id="conflict.waits" values={{ count: conflict.alternatives.length }} />}
          action={
            conflict.mayChoose && (
              <Button size="small" onPress={() => settle(conflict)}>
                <T id="conflict.open" />
              </Button>
            )
          }
        >
          <T
            id="conflict.by"
            values={{ names: conflict.alternatives.map(each => each.by.name).join(', ') }}
          />
        </Notice>
      ) : text === '' ? (
        <p className={styles.nothing}>
          <T id="statement.nothing" />
        </p>
      ) : (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      )}
      {dialog}
    </section>
  );
}
