// For how many years after a student left records are kept, and which law or policy says so.
import { useState } from 'react';
import { SetRetentionRuleDocument, type RetentionQuery } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../shell/OperationActions.tsx';

interface SetRuleProps {
  agency: string;
  rule: NonNullable<RetentionQuery['agency']>['retentionRule'];
  onDone: () => void;
}

export function SetRule({ agency, rule, onDone }: SetRuleProps) {
  const say = useText();
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const [years, setYears] = useState(String(rule?.years ?? ''));
  const [law, setLaw] = useState(rule?.law ?? '');
  const set = useOperation(SetRetentionRuleDocument);
  const close = () => setOpen(false);
  const send = () => {
    const number = years.trim() === '' ? null : Number(years);
    set.run({ agency, years: number, law: law.trim() }, () => {
      close();
      onDone();
      tell({ text: say('retention.rule.done') });
    });
  };
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <T id="retention.rule.set" />
      </Button>
      <Dialog title={<T id="retention.rule.set" />} open={open} onClose={close}>
        <p>
          <T id="retention.rule.lead" />
        </p>
        <TextField
          label={say('retention.rule.number')}
          help={say('retention.rule.number.help')}
          inputMode="numeric"
          value={years}
          onChange={setYears}
          maxLength={3}
          optional
        />
        <TextField
          label={say('retention.rule.law')}
          help={say('retention.rule.law.help')}
          value={law}
          onChange={setLaw}
          maxLength={300}
        />
        <OperationActions
          of={set}
          ready={/^[0-9]*$/.test(years.trim()) && law.trim() !== ''}
          onCancel={close}
          onSend={send}
        >
          <T id="retention.rule.save" />
        </OperationActions>
      </Dialog>
    </>
  );
}
