// Ends an assignment: the student leaves that colleague's phone at its next contact; visits from
// before the end still arrive.
import { useState } from 'react';
import {
  CreateAssignmentDocument,
  EndAssignmentDocument,
  type AssignmentRowFragment,
} from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';

export function EndAssignment({ assignment }: { assignment: AssignmentRowFragment }) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const end = useOperation(EndAssignmentDocument);
  const again = useOperation(CreateAssignmentDocument);
  const { person, role, service } = assignment;

  const undo = () => again.run({ student: student.id, person: person.id, role, service }, refresh);
  const confirm = () => {
    end.run({ assignment: assignment.id }, () => {
      setOpen(false);
      refresh();
      const action = { text: say('undo'), do: undo };
      tell({ text: say('team.ended', { name: person.name }), action });
    });
  };

  return (
    <>
      <Button size="small" kind="quiet" onPress={() => setOpen(true)}>
        <T id="team.end" />
        <span className="visually-hidden">{person.name}</span>
      </Button>
      <ConfirmDialog
        title={<T id="team.end.title" values={{ name: <bdi>{person.name}</bdi> }} />}
        open={open}
        danger
        pending={end.pending}
        action={<T id="team.end" />}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <p>
          <T id="team.end.lead" values={{ student: <bdi>{student.name}</bdi> }} />
        </p>
        <OperationNotices of={end} />
      </ConfirmDialog>
    </>
  );
}
