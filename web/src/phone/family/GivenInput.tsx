// Input that was handed to the team: it stays as it was given.
import { Lock } from 'lucide-react';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import type { ParentInput, StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Undo } from '../outbox/Undo.tsx';
import { inputFields } from './InputPage.tsx';
import styles from './GivenInput.module.css';

interface Given {
  student: StudentCard;
  input: ParentInput;
}

export function GivenInput({ student, input, onMore }: Given & { onMore: () => void }) {
  const dates = useDates();
  const waits = input.pending.length > 0;
  const giving = useScreen({ screen: 'outbox' })?.operations.find(
    ({ intent }) => intent?.name === 'SubmitInput' && intent.student === student.id,
  );
  return (
    <Screen
      title={<T id="input.title" />}
      under={<bdi>{student.name}</bdi>}
      back="/"
      action={
        <Button onPress={onMore}>
          <T id="input.more" />
        </Button>
      }
    >
      <Notice tone="good" title={<T id={waits ? 'input.kept' : 'input.received'} />}>
        <T id={waits ? 'input.kept.why' : 'input.received.why'} />
      </Notice>
      {giving?.undo && <Undo operation={giving} />}
      {input.submittedAt != null && (
        <p className={styles.when}>
          <Lock aria-hidden="true" size={16} />
          <T id="input.on" values={{ when: dates.moment(input.submittedAt) }} />
        </p>
      )}
      <InputTexts student={student} input={input} />
    </Screen>
  );
}

/** What was written, part by part, to be read. */
export function InputTexts({ student, input }: Given) {
  return inputFields.map(
    field =>
      input[field] !== '' && (
        <section key={field} className={styles.part}>
          <h2>
            <T id={`input.${field}`} values={{ name: student.givenName }} />
          </h2>
          <p dir="auto">{input[field]}</p>
        </section>
      ),
  );
}
