// Two people wrote the same part before either saw the other's words. Both versions stand side by
// side, with who wrote each and when; a person keeps one, or writes a new one from both.
import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Conflict, InputField, StatementField } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { Version } from './Version.tsx';
import styles from './ConflictChoice.module.css';

interface ConflictChoiceProps {
  agency: string;
  kind: 'statement' | 'input';
  record: string;
  conflict: Conflict<StatementField | InputField>;
  label: string;
}

export function ConflictChoice({ agency, kind, record, conflict, label }: ConflictChoiceProps) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const { field, alternatives } = conflict;
  const [own, setOwn] = useState<string | null>(null);
  const saw = alternatives.map(({ id }) => id);

  const choose = async (value: string) => {
    await core.do(agency, { name: 'Resolve', kind, record, field, saw, value });
    tell({ text: say('conflict.chosen') });
  };

  return (
    <section className={styles.conflict} aria-label={label}>
      <h2>{label}</h2>
      <p className={styles.why}>
        <GitMerge aria-hidden="true" size={20} />
        <T id="conflict.why" values={{ count: alternatives.length }} />
      </p>
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
