// At which age somebody is of age where the agency is: the director's to write down, once.
import { useState } from 'react';
import { SetMajorityLawDocument, type ComingOfAgeFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';

export function SetLaw({ law }: { law: ComingOfAgeFragment['law'] }) {
  const say = useText();
  const may = useMay('SET_LAW');
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const [age, setAge] = useState(String(law?.age ?? ''));
  const [words, setWords] = useState(law?.law ?? '');
  const set = useOperation(SetMajorityLawDocument);
  const close = () => setOpen(false);
  const send = () => {
    set.run({ agency: student.agency.id, age: Number(age), law: words.trim() }, () => {
      close();
      refresh();
    });
  };
  if (!may) return null;
  return (
    <>
      <Button size="small" kind="quiet" onPress={() => setOpen(true)}>
        <T id="majority.law" />
      </Button>
      <Dialog title={<T id="majority.law.title" />} open={open} onClose={close}>
        <p>
          <T id="majority.law.lead" />
        </p>
        <TextField
          label={say('majority.age')}
          inputMode="numeric"
          value={age}
          onChange={setAge}
          maxLength={2}
        />
        <TextField
          label={say('majority.law.words')}
          help={say('majority.law.help')}
          value={words}
          onChange={setWords}
          maxLength={300}
        />
        <OperationActions
          of={set}
          ready={/^[0-9]+$/.test(age) && words.trim() !== ''}
          onCancel={close}
          onSend={send}
        >
          <T id="majority.law.set" />
        </OperationActions>
      </Dialog>
    </>
  );
}
