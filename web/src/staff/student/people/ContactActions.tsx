// What can be done next for a contact: verify, then grant rights, then invite.
import { useState } from 'react';
import type { ContactRowFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { GrantRightsDialog } from './GrantRightsDialog.tsx';
import { InvitationDialog } from './InvitationDialog.tsx';
import { holdsNow } from './rightsNow.ts';
import { VerifyContact } from './VerifyContact.tsx';
import styles from './People.module.css';

export function ContactActions({ contact }: { contact: ContactRowFragment }) {
  const [open, setOpen] = useState<'grant' | 'invite' | null>(null);
  const hasRights = contact.rights.some(right => holdsNow(right));
  const close = () => setOpen(null);
  const name = <span className="visually-hidden">{contact.person.name}</span>;
  return (
    <div className={styles.actions}>
      {!contact.verified && <VerifyContact contact={contact} />}
      {contact.verified && !hasRights && (
        <Button size="small" onPress={() => setOpen('grant')}>
          <T id="rights.grant" />
          {name}
        </Button>
      )}
      {hasRights && !contact.person.hasAccount && (
        <Button size="small" kind="primary" onPress={() => setOpen('invite')}>
          <T id="invitation.make" />
          {name}
        </Button>
      )}
      {open === 'grant' && <GrantRightsDialog contact={contact} onClose={close} />}
      {open === 'invite' && <InvitationDialog contact={contact} onClose={close} />}
    </div>
  );
}
