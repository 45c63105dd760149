// Writes a measurable goal: what the student will do, how it is measured, where they are now, and
// where the team aims by when. The chart's aim line is drawn from exactly this.
import { useState } from 'react';
import { CreateGoalDocument, type Direction } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { DateField } from '~/components/DateField.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { Select } from '~/components/Select.tsx';
import { TextField } from '~/components/TextField.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useNamed } from '~/i18n/useNamed.ts';
import { useText } from '~/i18n/useText.ts';
import { OperationActions } from '../../shell/OperationActions.tsx';
import { useStudentView } from '../StudentContext.ts';
import { areas, blank, faults, inputOf, units, type NewGoal } from './newGoal.ts';
import styles from './Goals.module.css';

const directions: Direction[] = ['INCREASE', 'DECREASE', 'MAINTAIN'];

export function NewGoalDialog({ onClose }: { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const area = useNamed('area');
  const unit = useNamed('unit');
  const { student, timeZone, refresh } = useStudentView();
  const [goal, setGoal] = useState(() => blank(today(timeZone)));
  const create = useOperation(CreateGoalDocument);
  const set = (part: Partial<NewGoal>) => setGoal({ ...goal, ...part });
  const input = inputOf(goal);
  const wrong = faults(goal);
  const send = () => {
    if (input === null) return;
    create.run({ student: student.id, ...input }, () => {
      tell({ text: say('goals.written') });
      refresh();
      onClose();
    });
  };

  return (
    <Dialog title={<T id="goals.write" />} open onClose={onClose}>
      <TextField
        label={say('goals.what')}
        help={say('goals.what.help')}
        value={goal.title}
        onChange={title => set({ title })}
        maxLength={300}
      />
      <div className={styles.pair}>
        <Select
          label={say('goals.area')}
          value={goal.area}
          options={areas.map(value => ({ value, text: area(value) }))}
          onChange={value => set({ area: value })}
        />
        <Select
          label={say('goals.unit')}
          value={goal.unit}
          options={units.map(value => ({ value, text: unit(value) }))}
          onChange={value => set({ unit: value })}
        />
      </div>
      <Select
        label={say('goals.direction')}
        value={goal.direction}
        options={directions.map(value => ({ value, text: say(`goals.direction.${value}`) }))}
        onChange={direction => set({ direction })}
      />
      <div className={styles.pair}>
        <TextField
          label={say('goals.baseline')}
          inputMode="decimal"
          value={goal.baseline}
          onChange={baseline => set({ baseline })}
        />
        <DateField
          type="date"
          label={say('goals.baselineOn')}
          value={goal.baselineOn}
          onChange={baselineOn => set({ baselineOn })}
        />
      </div>
      <div className={styles.pair}>
        <TextField
          label={say('goals.target')}
          error={wrong.target && say('goals.target.direction')}
          inputMode="decimal"
          value={goal.target}
          onChange={target => set({ target })}
        />
        <DateField
          type="date"
          label={say('goals.targetOn')}
          error={wrong.targetOn && say('goals.targetOn.early')}
          value={goal.targetOn}
          onChange={targetOn => set({ targetOn })}
        />
      </div>
      <OperationActions of={create} ready={input !== null} onCancel={onClose} onSend={send}>
        <T id="goals.save" />
      </OperationActions>
    </Dialog>
  );
}

/** The day at the school, as a date field holds it. */
function today(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.now());
}
