// Two people wrote the same part before either saw the other's words. Both versions stand side by
// side, with who wrote each and when; a person keeps one, or writes a new one from both.
import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Conflict, InputField, StatementField } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Base } from './Base.tsx';
import { Version } from './Version.tsx';
import styles from './ConflictChoice.module.css';

interface ConflictChoiceProps {
  agency: string;
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
  saw: string[];
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
    return { conflict, saw: conflict.alternatives.map(({ id }) => id), again: false };
  return reopened?.conflict.field === field ? reopened : undefined;
}

export function ConflictChoice(props: ConflictChoiceProps) {
  const { agency, kind, record, waiting, label, onReopen } = props;
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const { conflict, saw, again } = waiting;
  const { field, base, alternatives } = conflict;
  const [own, setOwn] = useState<string | null>(null);

  const choose = async (value: string) => {
    const id = uuid7();
    await core.do(agency, { name: 'Resolve', kind, record, field, saw, value }, id);
    onReopen(null);
    tell({
      text: say('conflict.chosen'),
      action: { text: say('undo'), do: () => void takeBack(id) },
    });
  };
  // Still here it was never made; at the school another choice has to take its place.
  const takeBack = (choice: string) =>
    core.take({ type: 'withdraw', operation: choice, also: [] }).then(
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
          onPress={() => setOwn(alternatives.map(({ value }) => value).join('\n\n'))}
        >
          <T id="conflict.both" />
        </Button>
      ) : (
        <>
          <TextArea label={say('conflict.own')} value={own} onChange={setOwn} rows={5} />
          <Actions>
            <Button onPress={() => setOwn(null)}>
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
