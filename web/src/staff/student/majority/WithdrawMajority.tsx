// Takes back that the student comes of age on a day: the birth date was wrong, or the law.
import { useState } from 'react';
import { WithdrawMajorityDocument } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import type { Fact } from './MajorityFact.tsx';

export function WithdrawMajority({ fact }: { fact: Fact }) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const [evidence, setEvidence] = useState('');
  const withdraw = useOperation(WithdrawMajorityDocument);
  const close = () => setOpen(false);
  const send = () => {
    withdraw.run({ majority: fact.id, evidence: evidence.trim() }, () => {
      close();
      refresh();
      tell({ text: say('majority.withdrawn.done') });
    });
  };
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <T id="majority.withdraw" />
      </Button>
      <Dialog title={<T id="majority.withdraw.title" />} open={open} onClose={close}>
        <p>
          <T id="majority.withdraw.lead" values={{ name: <bdi>{student.name}</bdi> }} />
        </p>
        <TextField
          label={say('majority.evidence')}
          help={say('majority.evidence.help')}
          value={evidence}
          onChange={setEvidence}
          maxLength={300}
        />
        <OperationActions
          of={withdraw}
          ready={evidence.trim() !== ''}
          onCancel={close}
          onSend={send}
        >
          <T id="majority.withdraw" />
        </OperationActions>
      </Dialog>
    </>
  );
}
