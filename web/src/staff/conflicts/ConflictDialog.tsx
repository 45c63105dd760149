// Both versions side by side: who wrote each and when, and what differs. A person takes one, or
// writes a text that both can live with.
import { useState } from 'react';
import { ResolveConflictDocument, type ConflictCardFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../shell/OperationActions.tsx';
import { nameOf } from './fields.ts';
import { letterOf } from './letterOf.ts';
import { isText, useSaid } from './useSaid.ts';
import { Versions } from './Versions.tsx';
import { Which } from './Which.tsx';

const own = 'own';

export type Disputed = Pick<
  ConflictCardFragment,
  'id' | 'field' | 'about' | 'base' | 'alternatives'
>;

interface ConflictDialogProps {
  conflict: Disputed;
  timeZone: string;
  /** The choice that is undone, where one was made: the new one takes its place. */
  undoes: string | null;
  onSettled: () => void;
  /** Opens it again, to undo this choice. */
  onUndo: (choice: string) => void;
  onClose: () => void;
}

export function ConflictDialog(props: ConflictDialogProps) {
  const { conflict, timeZone, undoes, onSettled, onUndo, onClose } = props;
  const say = useText();
  const tell = useTell();
  const said = useSaid(timeZone);
  const resolve = useOperation(ResolveConflictDocument);
  const { alternatives, field } = conflict;
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');

  const value = chosen === own ? text.trim() : alternatives.find(each => each.id === chosen)?.value;
  const settle = () => {
    if (value === undefined) return;
    const saw = undoes === null ? alternatives.map(({ id }) => id) : [undoes];
    resolve.run({ conflict: conflict.id, saw, value }, ({ choice, conflict: stillOpen }) => {
      onSettled();
      onClose();
      if (stillOpen !== null) {
        tell({ text: say('conflict.another') });
        return;
      }
      const undo = choice === null ? null : () => onUndo(choice);
      tell({
        text: say('conflict.settled'),
        ...(undo === null ? {} : { action: { text: say('undo'), do: undo } }),
      });
    });
  };
  const choose = (choice: string) => {
    setChosen(choice);
    // A text of one's own begins with all versions, so that nothing is left out by accident.
    if (choice === own && text === '') setText(alternatives.map(each => each.value).join('\n\n'));
  };

  return (
    <Dialog
      title={<T id="conflict.title" values={{ field: say(nameOf(field)) }} />}
      open
      onClose={onClose}
      wide
    >
      <p>
        <T id={undoes === null ? 'conflict.lead' : 'conflict.again'} />
      </p>
      <Which about={conflict.about} timeZone={timeZone} />
      {conflict.base !== null && (
        <section>
          <h3>
            <T id={conflict.base === '' ? 'conflict.base.empty' : 'conflict.base'} />
          </h3>
          <p dir="auto">{said(field, conflict.base)}</p>
        </section>
      )}
      <Versions field={field} alternatives={alternatives} timeZone={timeZone} />
      <RadioList
        label={say('conflict.choose')}
        value={chosen}
        onChange={choose}
        options={[
          ...alternatives.map((each, index) => ({
            value: each.id,
            text: (
              <T
                id="conflict.take"
                values={{ letter: letterOf(index), name: <bdi>{each.by.name}</bdi> }}
              />
            ),
          })),
          ...(isText(field) ? [{ value: own, text: <T id="conflict.own" /> }] : []),
        ]}
      />
      {chosen === own && (
        <TextArea
          label={say('conflict.text')}
          help={say('conflict.text.help')}
          value={text}
          onChange={setText}
        />
      )}
      <OperationActions
        of={resolve}
        ready={value !== undefined && (chosen !== own || value !== '')}
        onCancel={onClose}
        onSend={settle}
      >
        <T id={isText(field) ? 'conflict.settle' : 'conflict.settle.other'} />
      </OperationActions>
    </Dialog>
  );
}
