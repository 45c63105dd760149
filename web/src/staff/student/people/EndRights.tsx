// Ends a right: the student leaves that person's phone at its next contact. A mistake is undone by
// granting the same right again.
import { useState } from 'react';
import { EndRightsDocument, GrantRightsDocument, type ContactRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';

interface EndRightsProps {
  contact: ContactRowFragment;
  right: ContactRowFragment['rights'][number];
}

export function EndRights({ contact, right }: EndRightsProps) {
  const say = useText();
  const tell = useTell();
  const { student, refresh } = useStudentView();
  const [open, setOpen] = useState(false);
  const end = useOperation(EndRightsDocument);
  const grant = useOperation(GrantRightsDocument);
  const { name } = contact.person;

  const undo = () =>
    grant.run({ contact: contact.id, basis: right.basis, evidence: right.evidence }, refresh);
  const confirm = () => {
    end.run({ right: right.id }, () => {
      setOpen(false);
      refresh();
      tell({ text: say('rights.ended.done', { name }), action: { text: say('undo'), do: undo } });
    });
  };

  return (
    <>
      <Button size="small" kind="danger" pending={grant.pending} onPress={() => setOpen(true)}>
        <T id="rights.end" />
        <span className="visually-hidden">{name}</span>
      </Button>
      <OperationNotices of={grant} />
      <ConfirmDialog
        title={<T id="rights.end.title" values={{ name: <bdi>{name}</bdi> }} />}
        open={open}
        danger
        pending={end.pending}
        action={<T id="rights.end" />}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <p>
          <T
            id="rights.end.lead"
            values={{ name: <bdi>{name}</bdi>, student: <bdi>{student.name}</bdi> }}
          />
        </p>
        <OperationNotices of={end} />
      </ConfirmDialog>
    </>
  );
}
