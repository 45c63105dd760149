// Grants educational rights: on which basis, and what was seen to prove it.
import { useState } from 'react';
import { GrantRightsDocument, type ContactRowFragment, type RightsBasis } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Dialog } from '~/components/Dialog.tsx';
import { Select } from '~/components/Select.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { basesFor } from '../majority/ofAge.ts';
import { useStudentView } from '../StudentContext.ts';

interface GrantRightsDialogProps {
  contact: ContactRowFragment;
  onClose: () => void;
}

export function GrantRightsDialog({ contact, onClose }: GrantRightsDialogProps) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [bases] = useState(() => basesFor(student.comingOfAge, Date.now()));
  const [basis, setBasis] = useState<RightsBasis>(bases[0] ?? 'PARENT');
  const [evidence, setEvidence] = useState('');
  const grant = useOperation(GrantRightsDocument);
  const { name } = contact.person;
  const send = () => {
    grant.run({ contact: contact.id, basis, evidence: evidence.trim() }, () => {
      tell({ text: say('rights.granted.done', { name }) });
      refresh();
      onClose();
    });
  };
  return (
    <Dialog
      title={<T id="rights.grant.title" values={{ name: <bdi>{name}</bdi> }} />}
      open
      onClose={onClose}
    >
      <p>
        <T id="rights.grant.lead" values={{ student: <bdi>{student.name}</bdi> }} />
      </p>
      <Select
        label={say('rights.basis')}
        value={basis}
        onChange={setBasis}
        options={bases.map(value => ({ value, text: say(`basis.${value}`) }))}
      />
      <TextField
        label={say('rights.evidence')}
        help={say('rights.evidence.help')}
        value={evidence}
        onChange={setEvidence}
        maxLength={300}
      />
      <OperationActions of={grant} ready={evidence.trim() !== ''} onCancel={onClose} onSend={send}>
        <T id="rights.grant" />
      </OperationActions>
    </Dialog>
  );
}
