// Answers a request, once and for good: what was shown, what was corrected, or why it was not.
import { useState } from 'react';
import { AnswerRequestDocument, type RequestRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';

interface AnswerDialogProps {
  request: RequestRowFragment;
  onClose: () => void;
}

type Decision = 'granted' | 'refused';

export function AnswerDialog({ request, onClose }: AnswerDialogProps) {
  const say = useText();
  const tell = useTell();
  const { refresh } = useStudentView();
  const answer = useOperation(AnswerRequestDocument);
  // To see one's child's record cannot be refused.
  const decides = request.asks === 'CORRECT';
  const [decision, setDecision] = useState<Decision | null>(decides ? null : 'granted');
  const [words, setWords] = useState('');
  const heard = request.standing === 'HEARING_ASKED';
  const label = decides ? (decision ?? 'granted') : 'SEE';

  const send = () => {
    const stage = heard ? 'HEARING' : 'ANSWER';
    const granted = decision === 'granted';
    answer.run({ request: request.id, stage, granted, words: words.trim() }, () => {
      tell({ text: say('requests.done') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog
      title={<T id={`requests.answer.${heard ? 'HEARING' : request.asks}`} />}
      open
      onClose={onClose}
    >
      <p>
        <T id="requests.answer.final" />
      </p>
      {decides && (
        <RadioList
          label={say('requests.decision')}
          value={decision}
          onChange={setDecision}
          options={[
            { value: 'granted', text: <T id="requests.decision.granted" /> },
            {
              value: 'refused',
              text: <T id="requests.decision.refused" />,
              help: <T id="requests.decision.refused.help" />,
            },
          ]}
        />
      )}
      <TextArea label={say(`requests.words.${label}`)} rows={4} value={words} onChange={setWords} />
      <OperationActions
        of={answer}
        ready={decision !== null && words.trim() !== ''}
        onCancel={onClose}
        onSend={send}
      >
        <T id="requests.send" />
      </OperationActions>
    </Dialog>
  );
}
