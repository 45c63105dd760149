// Two people wrote the same part before either saw the other's words. Both versions stand side by
// side, with who wrote each and when; a person keeps one, or writes a new one from both.
import { GitMerge } from 'lucide-react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Conflict, InputField, Seen, StatementField } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { useForm, type Desk } from '../words/useForm.ts';
import { Base } from './Base.tsx';
import { Version } from './Version.tsx';
import styles from './ConflictChoice.module.css';

interface ConflictChoiceProps {
  agency: string;
  student: string;
  kind: 'statement' | 'input';
  record: string;
  waiting: Waiting;
  label: string;
  /** A choice was made and taken back: it is there to be made again. */
  onReopen: (waiting: Waiting | null) => void;
}

/** A choice that waits for a person. */
export interface Waiting {
  conflict: Conflict<StatementField | InputField>;
  /** What a new choice takes the place of: the versions, or the choice that is undone. */
  saw: Seen[];
  again: boolean;
}

/** The choice that a part waits for: because of two versions, or because one was undone. */
export function waitingFor(
  field: StatementField | InputField,
  conflicts: readonly Conflict<StatementField | InputField>[],
  reopened: Waiting | null,
): Waiting | undefined {
  const conflict = conflicts.find(one => one.field === field);
  if (conflict !== undefined)
    return {
      conflict,
      saw: conflict.alternatives.map(({ id, value }) => ({ id, value })),
      again: false,
    };
  return reopened?.conflict.field === field ? reopened : undefined;
}

export function ConflictChoice(props: ConflictChoiceProps) {
  const { agency, student, record, waiting } = props;
  const desk: Desk = { agency, student, name: `Resolve/${record}/${waiting.conflict.field}` };
  const begun = useScreen({ screen: 'draft', ...desk });
  if (begun === undefined) return <Skeleton lines={4} />;
  return <Choosing {...props} desk={desk} begun={begun as OwnText | null} />;
}

/** A text of one's own, from all versions; none while nobody asked for it. */
interface OwnText {
  operation: string;
  text: string | null;
}

function Choosing(props: ConflictChoiceProps & { desk: Desk; begun: OwnText | null }) {
  const { agency, kind, record, waiting, label, onReopen, desk, begun } = props;
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const { conflict, saw, again } = waiting;
  const { field, base, alternatives } = conflict;
  const { value, change, startOver, stop } = useForm(desk, begun, () => ({
    operation: uuid7(),
    text: null as string | null,
  }));
  const own = value.text;

  const choose = async (words: string) => {
    const id = value.operation;
    // The core forgets what was begun when it keeps the choice.
    stop();
    try {
      await core.do(agency, { name: 'Resolve', kind, record, field, saw, value: words }, id);
    } catch {
      tell({ tone: 'bad', text: say('notKept') });
      return;
    }
    startOver();
    onReopen(null);
    tell({
      text: say('conflict.chosen'),
      action: { text: say('undo'), do: () => void takeBack({ id, value: words }) },
    });
  };
  // Still here it was never made; at the school another choice has to take its place.
  const takeBack = (choice: Seen) =>
    core.take({ type: 'withdraw', operation: choice.id, also: [] }).then(
      () => onReopen(again ? waiting : null),
      () => onReopen({ conflict, saw: [choice], again: true }),
    );

  return (
    <section className={styles.conflict} aria-label={label}>
      <h2>{label}</h2>
      <p className={styles.why}>
        <GitMerge aria-hidden="true" size={20} />
        {again ? (
          <T id="conflict.again" />
        ) : (
          <T id="conflict.why" values={{ count: alternatives.length }} />
        )}
      </p>
      {base != null && <Base words={base} />}
      <div className={styles.versions}>
        {alternatives.map(alternative => (
          <Version
            key={alternative.id}
            version={alternative}
            beside={
              alternatives.length === 2 ? alternatives.find(one => one !== alternative) : undefined
            }
            onKeep={() => void choose(alternative.value)}
          />
        ))}
      </div>
      {own === null ? (
        <Button
          kind="quiet"
          onPress={() => change({ text: alternatives.map(({ value }) => value).join('\n\n') })}
        >
          <T id="conflict.both" />
        </Button>
      ) : (
        <>
          <TextArea
            label={say('conflict.own')}
            value={own}
            onChange={text => change({ text })}
            rows={5}
          />
          <Actions>
            <Button onPress={startOver}>
              <T id="dialog.cancel" />
            </Button>
            <Button kind="primary" onPress={() => void choose(own)}>
              <T id="conflict.keepOwn" />
            </Button>
          </Actions>
        </>
      )}
    </section>
  );
}
