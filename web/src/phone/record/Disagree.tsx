// A family's own words beside what the school would not correct. They are kept while they are typed.
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Id } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { useForm, type Desk } from '../words/useForm.ts';
import type { DisagreeDraft } from './askDraft.ts';

interface DisagreeProps {
  desk: Desk;
  request: Id;
  begun: DisagreeDraft | null;
  onClose: () => void;
}

export function Disagree({ desk, request, begun, onClose }: DisagreeProps) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const [failed, setFailed] = useState(false);
  const begin = (): DisagreeDraft => ({ operation: uuid7(), words: '' });
  const { value, change, stop } = useForm(desk, begun, begin);
  const words = value.words.trim();
  const send = async () => {
    // The core forgets what was begun when it keeps the words.
    stop();
    const intent = { name: 'StateDisagreement', request, words } as const;
    try {
      if (value.replaces === undefined) await core.do(desk.agency, intent, value.operation);
      else await core.doInstead(value.replaces, desk.agency, intent, value.operation);
    } catch {
      change({});
      setFailed(true);
      return;
    }
    tell({ tone: 'good', text: say('kept.toast') });
    onClose();
  };
  return (
    <Dialog title={<T id="record.disagree" />} open onClose={onClose}>
      <p>
        <T id="record.disagree.lead" />
      </p>
      {failed && (
        <Notice tone="bad">
          <T id="notKept" />
        </Notice>
      )}
      <TextArea
        label={say('record.disagree.words')}
        rows={6}
        value={value.words}
        onChange={words => change({ words })}
      />
      <Actions>
        <Button onPress={onClose}>
          <T id="dialog.cancel" />
        </Button>
        <Button kind="primary" disabled={words === ''} onPress={() => void send()}>
          <T id="record.disagree.send" />
        </Button>
      </Actions>
    </Dialog>
  );
}
