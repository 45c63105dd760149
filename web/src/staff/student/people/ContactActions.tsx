// What can be done next for a contact: verify, then grant rights, then invite. Or keep them away,
// where a court has said so.
import { useState } from 'react';
import type { ContactRowFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { EntryDialog } from '../../codes/EntryDialog.tsx';
import { useStudentView } from '../StudentContext.ts';
import { GrantRightsDialog } from './GrantRightsDialog.tsx';
import { InvitationDialog } from './InvitationDialog.tsx';
import { RestrictDialog } from './RestrictDialog.tsx';
import { countsNow, holdsNow, standing } from './rightsNow.ts';
import { VerifyContact } from './VerifyContact.tsx';
import styles from './People.module.css';

export function ContactActions({ contact }: { contact: ContactRowFragment }) {
  const [open, setOpen] = useState<'grant' | 'invite' | 'entry' | 'restrict' | null>(null);
  const hasRights = contact.rights.some(right => holdsNow(right));
  const hasReason = contact.rights.some(right => countsNow(right));
  const isKeptAway = standing(contact) !== undefined;
  const { timeZone } = useStudentView();
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
      {hasReason && !isKeptAway && !contact.person.hasAccount && (
        <Button size="small" kind="primary" onPress={() => setOpen('invite')}>
          <T id="invitation.make" />
          {name}
        </Button>
      )}
      {hasReason && !isKeptAway && contact.person.hasAccount && (
        <Button size="small" onPress={() => setOpen('entry')}>
          <T id="entry.open" />
          {name}
        </Button>
      )}
      {!isKeptAway && (
        <Button size="small" kind="quiet" onPress={() => setOpen('restrict')}>
          <T id="restriction.record" />
          {name}
        </Button>
      )}
      {open === 'grant' && <GrantRightsDialog contact={contact} onClose={close} />}
      {open === 'entry' && (
        <EntryDialog person={contact.person} at="phone" timeZone={timeZone} onClose={close} />
      )}
      {open === 'invite' && <InvitationDialog contact={contact} onClose={close} />}
      {open === 'restrict' && <RestrictDialog contact={contact} onClose={close} />}
    </div>
  );
}
