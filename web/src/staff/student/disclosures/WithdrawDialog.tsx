// Says of an entry that it was a mistake and that nothing stands instead. Both stay.
import { useState } from 'react';
import { WithdrawDisclosureDocument, type DisclosureFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';

interface WithdrawDialogProps {
  entry: DisclosureFragment;
  onClose: () => void;
  onDone: () => void;
}

export function WithdrawDialog({ entry, onClose, onDone }: WithdrawDialogProps) {
  const say = useText();
  const tell = useTell();
  const [why, setWhy] = useState('');
  const withdraw = useOperation(WithdrawDisclosureDocument);
  const send = () => {
    withdraw.run({ disclosure: entry.id, why: why.trim() }, () => {
      tell({ text: say('disclosures.done') });
      onDone();
    });
  };
  return (
    <Dialog
      title={<T id="disclosures.withdraw.title" values={{ party: <bdi>{entry.party}</bdi> }} />}
      open
      onClose={onClose}
    >
      <p>
        <T id="disclosures.withdraw.lead" />
      </p>
      <TextArea label={say('disclosures.withdraw.why')} rows={3} value={why} onChange={setWhy} />
      <OperationActions of={withdraw} ready={why.trim() !== ''} onCancel={onClose} onSend={send}>
        <T id="disclosures.save" />
      </OperationActions>
    </Dialog>
  );
}
