import { useState } from 'react';
import type { ConflictCardFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { statementKey } from '../arrivals.ts';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { ConflictDialog } from './ConflictDialog.tsx';
import styles from './Family.module.css';

/** What is being settled; after a choice it can be opened again to undo that. */
interface Opened {
  conflict: ConflictCardFragment;
  undoes: string | null;
}

interface StatementFieldProps {
  field: 'strengths' | 'concerns' | 'vision';
  text: string;
  conflict: ConflictCardFragment | undefined;
}

export function StatementField({ field, text, conflict }: StatementFieldProps) {
  const { fresh } = useStudentView();
  const maySettle = useMay('RESOLVE_STATEMENT');
  const [open, setOpen] = useState<Opened | null>(null);
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
            maySettle && (
              <Button size="small" onPress={() => setOpen({ conflict, undoes: null })}>
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
      {open !== null && (
        <ConflictDialog
          conflict={open.undoes === null ? (conflict ?? open.conflict) : open.conflict}
          undoes={open.undoes}
          onUndo={choice => setOpen({ conflict: open.conflict, undoes: choice })}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
