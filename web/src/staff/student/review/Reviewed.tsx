// Evidence that came late, or from a device whose clock was off, waits for a word: does it count?
// The word stays in the record with who said it and when, so it is asked for once more before it
// is said.
import { useState } from 'react';
import type { Finding, ReviewFragment } from '~/api/schema.ts';
import type { Operation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { useMay } from '../useMay.ts';
import styles from '../visits/Visits.module.css';

const findings: Finding[] = ['ACCEPTED', 'REFUSED'];

interface ReviewedProps {
  evidence: { flags: string[]; review: ReviewFragment | null };
  /** The operation that says a word. */
  by: Pick<Operation<never, never>, 'pending' | 'userErrors' | 'fault'>;
  onSay: (finding: Finding, then: (result: { conflict: object | null }) => void) => void;
}

export function Reviewed({ evidence: { flags, review }, by, onSay }: ReviewedProps) {
  const say = useText();
  const tell = useTell();
  const { refresh, timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const may = useMay('REVIEW');
  const [asked, setAsked] = useState<Finding | null>(null);
  if (review !== null) {
    const values = { name: <bdi>{author(review.by)}</bdi>, at: dates.moment(review.at) };
    return (
      <p className={styles.facts}>
        <T id="review.by" values={values} />
      </p>
    );
  }
  if (!may || !flags.some(flag => flag === 'late' || flag === 'clock')) return null;
  const close = () => setAsked(null);
  const send = (finding: Finding) =>
    onSay(finding, ({ conflict }) => {
      close();
      tell({ text: say(conflict === null ? `review.said.${finding}` : 'review.both') });
      refresh();
    });
  return (
    <div className={styles.line}>
      {findings.map(finding => (
        <Button key={finding} size="small" onPress={() => setAsked(finding)}>
          <T id={`review.${finding}`} />
        </Button>
      ))}
      {asked !== null && (
        <ConfirmDialog
          title={<T id={`review.${asked}`} />}
          open
          action={<T id={`review.${asked}`} />}
          pending={by.pending}
          onConfirm={() => send(asked)}
          onClose={close}
        >
          <p>
            <T id={`review.${asked}.means`} />
          </p>
          <OperationNotices of={by} />
        </ConfirmDialog>
      )}
    </div>
  );
}
