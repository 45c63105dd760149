// A visit that came late or from a phone whose clock was off waits for a word: does it count? The
// word stays in the record, so it is asked for once more before it is said.
import { useState } from 'react';
import { ReviewVisitDocument, type Finding, type VisitRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import styles from './Visits.module.css';

const findings: Finding[] = ['ACCEPTED', 'REFUSED'];

export function ReviewVisit({ visit }: { visit: VisitRowFragment }) {
  const say = useText();
  const tell = useTell();
  const { refresh } = useStudentView();
  const may = useMay('REVIEW_VISIT');
  const [asked, setAsked] = useState<Finding | null>(null);
  const review = useOperation(ReviewVisitDocument);
  const waits =
    visit.finding === null && visit.flags.some(flag => flag === 'late' || flag === 'clock');
  if (!may || !waits) return null;
  const close = () => setAsked(null);
  const send = (finding: Finding) => {
    // It is asked only where nothing was said: that is what this page shows.
    review.run({ visit: visit.id, saw: null, finding }, ({ conflict }) => {
      close();
      tell({ text: say(conflict === null ? `visits.finding.${finding}` : 'visits.finding.both') });
      refresh();
    });
  };
  return (
    <div className={styles.line}>
      {findings.map(finding => (
        <Button key={finding} size="small" onPress={() => setAsked(finding)}>
          <T id={`visits.review.${finding}`} />
        </Button>
      ))}
      {asked !== null && (
        <ConfirmDialog
          title={<T id={`visits.review.${asked}`} />}
          open
          action={<T id={`visits.review.${asked}`} />}
          pending={review.pending}
          onConfirm={() => send(asked)}
          onClose={close}
        >
          <p>
            <T id={`visits.review.${asked}.means`} />
          </p>
          <OperationNotices of={review} />
        </ConfirmDialog>
      )}
    </div>
  );
}
