// Writes an attempt down, or puts right one that was written down wrongly.
import { useState } from 'react';
import { LogAttemptDocument, type AttemptRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { DateField } from '~/components/DateField.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { RadioList } from '~/components/RadioList.tsx';
import { Select } from '~/components/Select.tsx';
import { TextArea } from '~/components/TextArea.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { fromWall, toWall } from '~/i18n/zoned.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { begun, channels, languagesOf, outcomes, peopleOf } from './attempt.ts';

interface LogAttemptDialogProps {
  amends?: AttemptRowFragment;
  onClose: () => void;
}

export function LogAttemptDialog({ amends, onClose }: LogAttemptDialogProps) {
  const say = useText();
  const tell = useTell();
  const languageName = useLanguageName();
  const { student, timeZone, refresh } = useStudentView();
  const dates = useDates(timeZone);
  const [attempt, setAttempt] = useState(() => begun(student, amends, new Date().toISOString()));
  const [wall, setWall] = useState(() => toWall(attempt.at, timeZone));
  const log = useOperation(LogAttemptDocument);
  const at = fromWall(wall, timeZone);

  const send = () => {
    const { meeting, reached, ...rest } = attempt;
    if (at === null || reached === null) return;
    const input = {
      ...rest,
      at,
      reached,
      student: student.id,
      meeting: meeting === '' ? null : meeting,
      amends: amends?.id ?? null,
    };
    log.run(input, () => {
      tell({ text: say('attempts.logged') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog title={<T id={amends ? 'attempts.correct' : 'attempts.log'} />} open onClose={onClose}>
      <Select
        label={say('attempts.whom')}
        value={attempt.person}
        onChange={person => setAttempt({ ...attempt, person })}
        options={peopleOf(student, amends).map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Select
        label={say('attempts.channel')}
        value={attempt.channel}
        onChange={channel => setAttempt({ ...attempt, channel })}
        options={channels.map(value => ({ value, text: say(`attempts.channel.${value}`) }))}
      />
      <DateField
        type="datetime-local"
        label={say('attempts.at')}
        value={wall}
        max={toWall(new Date().toISOString(), timeZone)}
        onChange={setWall}
      />
      <Select
        label={say('attempts.language')}
        value={attempt.language}
        onChange={language => setAttempt({ ...attempt, language })}
        options={languagesOf(student, attempt.language).map(value => ({
          value,
          text: languageName(value),
        }))}
      />
      <RadioList
        label={say('attempts.reached')}
        value={attempt.reached}
        onChange={reached => setAttempt({ ...attempt, reached })}
        options={outcomes.map(value => ({ value, text: <T id={`attempts.reached.${value}`} /> }))}
      />
      {student.meetings.length > 0 && (
        <Select
          label={say('attempts.meeting')}
          value={attempt.meeting}
          onChange={meeting => setAttempt({ ...attempt, meeting })}
          options={[
            { value: '', text: say('attempts.meeting.none') },
            ...student.meetings.map(({ id, purpose, startsAt }) => ({
              value: id,
              text: `${purpose} · ${dates.dateOf(startsAt)}`,
            })),
          ]}
        />
      )}
      <TextArea
        label={say('attempts.said')}
        value={attempt.note}
        onChange={note => setAttempt({ ...attempt, note })}
        rows={3}
        optional
      />
      <OperationActions
        of={log}
        ready={at !== null && attempt.reached !== null && attempt.person !== ''}
        onCancel={onClose}
        onSend={send}
      >
        <T id="attempts.save" />
      </OperationActions>
    </Dialog>
  );
}
