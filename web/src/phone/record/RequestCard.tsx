// One thing that was asked: what, where it stands, by when the school has to act, what it answered,
// and what the family can do next.
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { RecordRequest, Standing, Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Disagree } from './Disagree.tsx';
import type { DisagreeDraft } from './askDraft.ts';
import { useContested } from './useContested.ts';
import styles from './Record.module.css';

const tones = {
  asked: 'aim',
  granted: 'good',
  refused: 'bad',
  hearingAsked: 'aim',
  refusedAfterHearing: 'bad',
} as const satisfies Record<Standing, string>;

export function RequestCard({ request, child }: { request: RecordRequest; child: Student }) {
  const dates = useDates();
  const { asks, standing, pending, words, instead, answer, disagreements } = request;
  const contested = useContested(child, request.contests ?? null);
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3>
          <T id={`record.asked.${asks}`} />
        </h3>
        <Badge tone={pending ? 'aim' : tones[standing]}>
          <T id={pending ? 'kept' : `record.standing.${asks}.${standing}`} />
        </Badge>
      </header>
      <p className={styles.soft}>
        <T id="record.when" values={{ at: dates.moment(request.askedAt) }} />
      </p>
      {contested !== null && <p>{contested}</p>}
      {words !== '' && (
        <p dir="auto" className={styles.words}>
          {words}
        </p>
      )}
      {instead !== '' && (
        <>
          <h4>
            <T id="record.instead" />
          </h4>
          <p dir="auto" className={styles.words}>
            {instead}
          </p>
        </>
      )}
      {standing === 'asked' && <Due request={request} child={child} />}
      {answer != null && (
        <>
          <h4>
            <T id="record.answer" />
          </h4>
          <p dir="auto" className={styles.words}>
            {answer}
          </p>
        </>
      )}
      {disagreements.map(stated => (
        <div key={stated.id}>
          <h4>
            <T id="record.disagreement" />{' '}
            {stated.pending && (
              <Badge tone="aim">
                <T id="kept" />
              </Badge>
            )}
          </h4>
          <p dir="auto" className={styles.words}>
            {stated.words}
          </p>
        </div>
      ))}
      <Next request={request} child={child} />
    </article>
  );
}

/** Before a meeting, and no later than the law's day. */
function Due({ request, child }: { request: RecordRequest; child: Student }) {
  const dates = useDates();
  const { dueOn, receivedAt } = request;
  if (dueOn == null || receivedAt == null) return null;
  const soonest = child.meetings
    .filter(({ startsAt }) => startsAt > receivedAt)
    .sort((one, other) => one.startsAt - other.startsAt)[0];
  const latest = new Date(`${dueOn}T23:59:59`).getTime();
  return (
    <p>
      {soonest !== undefined && soonest.startsAt < latest ? (
        <T id="record.due.meeting" values={{ day: dates.longDay(soonest.startsAt) }} />
      ) : (
        <T id="record.due" values={{ day: dates.longDayOn(dueOn) }} />
      )}
    </p>
  );
}

const refused: Standing[] = ['refused', 'hearingAsked', 'refusedAfterHearing'];

function Next({ request, child }: { request: RecordRequest; child: Student }) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const [writing, setWriting] = useState(false);
  const { agency, id: student } = child.student;
  const desk = { agency, student, name: `StateDisagreement/${request.id}` } as const;
  const begun = useScreen({ screen: 'draft', ...desk });
  if (!refused.includes(request.standing)) return null;
  const hear = async () => {
    setAsking(false);
    try {
      await core.do(agency, { name: 'AskForHearing', request: request.id });
      tell({ tone: 'good', text: say('kept.toast') });
    } catch {
      tell({ tone: 'bad', text: say('notKept') });
    }
  };
  return (
    <>
      <p>
        <T id={`record.next.${request.standing === 'refused' ? 'hearing' : 'words'}`} />
      </p>
      <Actions>
        {request.standing === 'refused' && (
          <Button onPress={() => setAsking(true)}>
            <T id="record.hearing" />
          </Button>
        )}
        <Button onPress={() => setWriting(true)}>
          <T id={begun == null ? 'record.disagree' : 'record.disagree.goOn'} />
        </Button>
      </Actions>
      <ConfirmDialog
        title={<T id="record.hearing" />}
        open={asking}
        action={<T id="record.hearing.yes" />}
        onConfirm={() => void hear()}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id="record.hearing.why" />
        </p>
      </ConfirmDialog>
      {writing && begun !== undefined && (
        <Disagree
          desk={desk}
          request={request.id}
          begun={begun as DisagreeDraft | null}
          onClose={() => setWriting(false)}
        />
      )}
    </>
  );
}
