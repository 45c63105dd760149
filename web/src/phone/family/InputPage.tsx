// A guardian's own input, before the plan is written. It keeps itself while it is typed; handing
// it to the team freezes it, and says so first.
import { useState } from 'react';
import { useParams } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { InputField, Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { useAutosave } from '../words/useAutosave.ts';
import { ConflictChoice, waitingFor, type Waiting } from './ConflictChoice.tsx';
import { GivenInput, InputTexts } from './GivenInput.tsx';
import { KeptTextArea } from './KeptTextArea.tsx';

export function InputPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  const [after, setAfter] = useState<string | null>(null);
  if (shown === null) return <Gone />;
  if (shown === undefined)
    return (
      <Screen title={<T id="input.title" />} back="/" writing>
        <Skeleton lines={6} />
      </Screen>
    );
  const { input, student } = shown;
  if (input?.submittedAt == null) return <InputForm agency={agency} shown={shown} />;
  // What is kept of it becomes the input that is shown.
  if (after === input.id) return <InputForm agency={agency} shown={{ ...shown, input: null }} />;
  return <GivenInput student={student} input={input} onMore={() => setAfter(input.id)} />;
}

export const inputFields: InputField[] = ['strengths', 'concerns', 'hopes'];

function useInputField(agency: string, shown: Student, field: InputField) {
  const core = useCore();
  const student = shown.student.id;
  return useAutosave(shown.input?.[field] ?? '', (value, saw) =>
    core.do(agency, { name: 'EditInput', student, field, value, saw }),
  );
}

function InputForm({ agency, shown }: { agency: string; shown: Student }) {
  const core = useCore();
  const say = useText();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [reopened, setReopened] = useState<Waiting | null>(null);
  const name = shown.student.givenName;
  const strengths = useInputField(agency, shown, 'strengths');
  const concerns = useInputField(agency, shown, 'concerns');
  const hopes = useInputField(agency, shown, 'hopes');
  const fields = { strengths, concerns, hopes };
  const empty = inputFields.every(field => fields[field].text.trim() === '');
  const { pending = [], conflicts = [] } = shown.input ?? {};

  const submit = async () => {
    setAsking(false);
    try {
      for (const field of inputFields) await fields[field].flush();
      await core.do(agency, { name: 'SubmitInput', student: shown.student.id });
    } catch {
      setFailed(true);
    }
  };

  return (
    <Screen
      title={<T id="input.title" />}
      under={<bdi>{shown.student.name}</bdi>}
      back="/"
      writing
      action={
        <Button
          kind="primary"
          disabled={empty || conflicts.length > 0}
          onPress={() => setAsking(true)}
        >
          <T id="input.give" />
        </Button>
      }
    >
      <p>
        <T id="input.lead" values={{ name }} />
      </p>
      {failed && (
        <Notice tone="bad">
          <T id="notKept" />
        </Notice>
      )}
      {inputFields.map(field => {
        const waiting = waitingFor(field, conflicts, reopened);
        const label = say(`input.${field}`, { name });
        return waiting === undefined || shown.input == null ? (
          <KeptTextArea
            key={field}
            label={label}
            help={say(`input.${field}.help`)}
            field={fields[field]}
            pending={pending.includes(field)}
          />
        ) : (
          <ConflictChoice
            key={field}
            agency={agency}
            student={shown.student.id}
            kind="input"
            record={shown.input.id}
            waiting={waiting}
            onReopen={setReopened}
            label={label}
          />
        );
      })}
      {shown.later.length > 0 && (
        <Notice title={<T id="input.later" />}>
          <T id="input.later.why" />
        </Notice>
      )}
      {shown.later.map(later => (
        <InputTexts key={later.id} student={shown.student} input={later} />
      ))}
      <ConfirmDialog
        title={<T id="input.ask" />}
        open={asking}
        action={<T id="input.ask.yes" />}
        onConfirm={() => void submit()}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id="input.ask.why" />
        </p>
      </ConfirmDialog>
    </Screen>
  );
}
