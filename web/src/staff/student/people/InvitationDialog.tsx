// Makes a code for a guardian's first sign-in. It is shown this once, to be copied or printed.
import { CreateInvitationDocument, type ContactRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { T } from '~/i18n/T.tsx';
import { CodeLetter } from '../../codes/CodeLetter.tsx';
import { OperationNotices } from '../../shell/OperationNotices.tsx';
import { useStudentView } from '../StudentContext.ts';

interface InvitationDialogProps {
  contact: ContactRowFragment;
  onClose: () => void;
}

export function InvitationDialog({ contact, onClose }: InvitationDialogProps) {
  const { refresh, timeZone } = useStudentView();
  const [made, setMade] = useState<{ code: string; until: string | null } | null>(null);
  const create = useOperation(CreateInvitationDocument);
  const name = <bdi>{contact.person.name}</bdi>;
  const make = () => {
    create.run({ contact: contact.id }, ({ code, invitation }) => {
      refresh();
      if (code !== null) setMade({ code, until: invitation?.expiresAt ?? null });
    });
  };
  return (
    <Dialog title={<T id="invitation.title" values={{ name }} />} open onClose={onClose}>
      {made !== null ? (
        <CodeLetter
          code={made.code}
          until={made.until}
          name={contact.person.name}
          at="phone"
          timeZone={timeZone}
          language={contact.person.language}
          onDone={onClose}
        />
      ) : (
        <>
          <p>
            <T id="invitation.lead" values={{ name }} />
          </p>
          {contact.invitation !== null && contact.invitation.usedAt === null && (
            <p>
              <T id="invitation.replaces" />
            </p>
          )}
          <OperationNotices of={create} />
          <Actions>
            <Button onPress={onClose}>
              <T id="dialog.cancel" />
            </Button>
            <Button kind="primary" pending={create.pending} onPress={make}>
              <T id="invitation.make" />
            </Button>
          </Actions>
        </>
      )}
    </Dialog>
  );
}
