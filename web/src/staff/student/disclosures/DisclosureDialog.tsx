// Writes down that something of the record was given to a party outside, or that one asked; or gives
// a copy, which is written down by itself. The form asks for what the law has an entry say.
import { useState } from 'react';
import {
  RecordDisclosureDocument,
  RecordDisclosureRequestDocument,
  type DisclosureFragment,
} from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { DateField } from '~/components/DateField.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { Select } from '~/components/Select.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { toWall } from '~/i18n/zoned.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { bases, namesAPaper, plainWord, type Kind } from './kinds.ts';
import { useGiveCopy } from './useGiveCopy.ts';

interface DisclosureDialogProps {
  kind: Kind;
  /** The entry instead of which this one is to stand. */
  wrong: DisclosureFragment | null;
  onClose: () => void;
  onDone: () => void;
}

export function DisclosureDialog({ kind, wrong, onClose, onDone }: DisclosureDialogProps) {
  const say = useText();
  const tell = useTell();
  const { student, timeZone } = useStudentView();
  const today = toWall(new Date().toISOString(), timeZone).slice(0, 10);
  const [on, setOn] = useState(wrong?.on ?? today);
  const [party, setParty] = useState(wrong?.party ?? '');
  const [interest, setInterest] = useState(wrong?.interest ?? '');
  const [basis, setBasis] = useState(wrong?.basis ?? 'OTHER_SCHOOL');
  const [paper, setPaper] = useState(wrong?.paper ?? '');
  const [threat, setThreat] = useState(wrong?.threat ?? '');
  const copied = kind === 'copy' ? say('disclosures.copy.what') : '';
  const [what, setWhat] = useState(wrong?.what ?? copied);
  const record = useOperation(RecordDisclosureDocument);
  const recordRequest = useOperation(RecordDisclosureRequestDocument);
  const give = useGiveCopy(student.id);
  const emergency = kind !== 'asked' && basis === 'EMERGENCY';
  const filled = [
    party,
    interest,
    what,
    on,
    ...(kind !== 'asked' && namesAPaper(basis) ? [paper] : []),
    ...(emergency ? [threat] : []),
  ].every(text => text.trim() !== '');

  const done = () => {
    tell({ text: say(kind === 'copy' ? 'copy.made' : 'disclosures.done') });
    onDone();
  };
  const send = () => {
    const said = { party: party.trim(), interest: interest.trim(), what: what.trim() };
    const why = {
      paper: paper.trim() === '' ? null : paper.trim(),
      threat: emergency ? threat.trim() : null,
    };
    const entry = { student: student.id, on, corrects: wrong?.id ?? null, ...said };
    if (kind === 'asked') recordRequest.run(entry, done);
    else if (kind === 'given') record.run({ ...entry, basis, ...why }, done);
    else give.run({ ...said, basis: plainWord(basis), ...why }, done);
  };

  return (
    <Dialog
      title={<T id={wrong === null ? `disclosures.${kind}` : 'disclosures.correct.title'} />}
      open
      onClose={onClose}
    >
      <p>
        <T id={`disclosures.${kind}.lead`} values={{ name: <bdi>{student.name}</bdi> }} />
      </p>
      <TextField
        label={say('disclosures.party')}
        help={say('disclosures.party.help')}
        value={party}
        onChange={setParty}
        maxLength={300}
      />
      <TextField
        label={say('disclosures.interest')}
        help={say('disclosures.interest.help')}
        value={interest}
        onChange={setInterest}
        maxLength={300}
      />
      {kind !== 'asked' && (
        <>
          <Select
            label={say('disclosures.basis')}
            value={basis}
            onChange={setBasis}
            options={bases.map(value => ({ value, text: say(`disclosure.basis.${value}`) }))}
          />
          <TextField
            label={say('disclosures.paper')}
            help={say('disclosures.paper.help')}
            value={paper}
            onChange={setPaper}
            maxLength={300}
            optional={!namesAPaper(basis)}
          />
        </>
      )}
      {emergency && (
        <TextArea
          label={say('disclosures.threat')}
          help={say('disclosures.threat.help')}
          rows={2}
          value={threat}
          onChange={setThreat}
        />
      )}
      <TextArea
        label={say(`disclosures.what.${kind === 'asked' ? 'asked' : 'given'}`)}
        rows={3}
        value={what}
        onChange={setWhat}
      />
      {kind !== 'copy' && (
        <DateField
          label={say('disclosures.on')}
          type="date"
          max={today}
          value={on}
          onChange={setOn}
        />
      )}
      <OperationActions
        of={{ copy: give, given: record, asked: recordRequest }[kind]}
        ready={filled}
        onCancel={onClose}
        onSend={send}
      >
        <T id={kind === 'copy' ? 'copy.take' : 'disclosures.save'} />
      </OperationActions>
    </Dialog>
  );
}
