// Sends again what was not taken, changed by its author: a visit or a contact in its form, an answer on its
// meeting's page, words right here. It is a new thing that takes the place of the old one.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Intent, Waiting } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { paths } from '../words/paths.ts';
import { formOf } from './forms.ts';
import { putBack } from './useUndo.ts';

/** What nobody types anything in: it is sent as it was. */
const wordless: Intent['name'][] = ['SubmitInput', 'Resolve', 'AskForHearing'];

export function Again({ operation }: { operation: Waiting }) {
  const { intent } = operation;
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const go = useNavigate();
  const [writing, setWriting] = useState(false);
  // What stands on another one follows it by itself.
  if (intent == null || operation.because != null) return null;

  const send = async (changed: Intent) => {
    await core.doInstead(operation.id, operation.agency, changed);
    tell({ text: say('kept.toast') });
  };
  const open = async () => {
    const { id, agency, subject } = operation;
    const form = formOf(operation, id);
    if (form !== null) {
      if (!(await putBack(core, agency, form))) tell({ tone: 'bad', text: say('undo.other') });
      return go(form.path(agency));
    }
    switch (intent.name) {
      case 'AnswerMeeting':
        return go(`${paths.meeting({ agency, id: subject ?? '' }, intent.meeting)}?instead=${id}`);
      case 'EditInput':
      case 'EditStatement':
        return setWriting(true);
      default:
        return send(intent).catch(() => tell({ tone: 'bad', text: say('outbox.again.failed') }));
    }
  };
  const typed = wordless.includes(intent.name) ? 'send' : 'change';
  return (
    <>
      <Button kind="primary" size="small" onPress={() => void open()}>
        <T id={`outbox.again.${typed}`} />
      </Button>
      {writing && 'value' in intent && (
        <Rewrite
          words={intent.value}
          onSend={value => send({ ...intent, value })}
          onClose={() => setWriting(false)}
        />
      )}
    </>
  );
}

interface RewriteProps {
  words: string;
  onSend: (words: string) => Promise<void>;
  onClose: () => void;
}

function Rewrite({ words, onSend, onClose }: RewriteProps) {
  const say = useText();
  const [value, setValue] = useState(words);
  const [failed, setFailed] = useState(false);
  const send = () => onSend(value).then(onClose, () => setFailed(true));
  return (
    <Dialog title={<T id="outbox.again.title" />} open onClose={onClose}>
      {failed && (
        <Notice tone="bad">
          <T id="outbox.again.failed" />
        </Notice>
      )}
      <TextArea label={say('outbox.again.words')} rows={5} value={value} onChange={setValue} />
      <Actions>
        <Button onPress={onClose}>
          <T id="dialog.cancel" />
        </Button>
        <Button kind="primary" onPress={() => void send()}>
          <T id="outbox.again.send" />
        </Button>
      </Actions>
    </Dialog>
  );
}
