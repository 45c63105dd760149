// The one statement that all guardians of a child share. Each part keeps itself; where two people
// wrote at once, both versions stand side by side until somebody chooses.
import { useState } from 'react';
import { useParams } from 'react-router';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { StatementField, Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { useAutosave } from '../words/useAutosave.ts';
import { ConflictChoice, waitingFor, type Waiting } from './ConflictChoice.tsx';
import { KeptTextArea } from './KeptTextArea.tsx';

export function StatementPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  if (shown === null) return <Gone />;
  return (
    <Screen
      title={<T id="statement.title" />}
      under={<bdi>{shown?.student.name}</bdi>}
      back="/"
      writing
    >
      {shown === undefined ? <Skeleton lines={6} /> : <Statement agency={agency} shown={shown} />}
    </Screen>
  );
}

const fields: StatementField[] = ['vision', 'strengths', 'concerns'];

function Statement({ agency, shown }: { agency: string; shown: Student }) {
  const say = useText();
  const name = shown.student.givenName;
  const conflicts = shown.statement?.conflicts ?? [];
  const [reopened, setReopened] = useState<Waiting | null>(null);
  return (
    <>
      <p>
        <T id="statement.lead" values={{ name }} />
      </p>
      {fields.map(field => {
        const waiting = waitingFor(field, conflicts, reopened);
        return waiting === undefined || shown.statement == null ? (
          <Part key={field} agency={agency} shown={shown} field={field} name={name} />
        ) : (
          <ConflictChoice
            key={field}
            agency={agency}
            student={shown.student.id}
            kind="statement"
            record={shown.statement.id}
            waiting={waiting}
            onReopen={setReopened}
            label={say(`statement.${field}`, { name })}
          />
        );
      })}
    </>
  );
}

interface PartProps {
  agency: string;
  shown: Student;
  field: StatementField;
  name: string;
}

function Part({ agency, shown: { student, statement }, field, name }: PartProps) {
  const core = useCore();
  const say = useText();
  const text = useAutosave(statement?.[field] ?? '', (value, saw) =>
    core.do(agency, { name: 'EditStatement', student: student.id, field, value, saw }),
  );
  return (
    <KeptTextArea
      label={say(`statement.${field}`, { name })}
      field={text}
      pending={statement?.pending.includes(field) ?? false}
    />
  );
}
