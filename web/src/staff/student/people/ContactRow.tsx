import { BadgeCheck, Ban, CircleHelp } from 'lucide-react';
import type { ContactRowFragment } from '~/api/schema.ts';
import { Avatar } from '~/components/Avatar.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useMay } from '../useMay.ts';
import { ContactActions } from './ContactActions.tsx';
import { ContactFacts } from './ContactFacts.tsx';
import { Restrictions } from './Restrictions.tsx';
import { Rights } from './Rights.tsx';
import { standing } from './rightsNow.ts';
import styles from './People.module.css';

export function ContactRow({ contact }: { contact: ContactRowFragment }) {
  const mayKeep = useMay('KEEP_RIGHTS');
  return (
    <Row lead={<Avatar name={contact.person.name} />}>
      <div className={styles.line}>
        <strong translate="no">
          <bdi>{contact.person.name}</bdi>
        </strong>
        {contact.verified ? (
          <Badge tone="good" icon={<BadgeCheck aria-hidden="true" />}>
            <T id="contacts.verified" />
          </Badge>
        ) : (
          <Badge tone="aim" icon={<CircleHelp aria-hidden="true" />}>
            <T id="contacts.unverified" />
          </Badge>
        )}
        {standing(contact) && (
          <Badge tone="bad" icon={<Ban aria-hidden="true" />}>
            <T id="restriction.badge" />
          </Badge>
        )}
      </div>
      <ContactFacts contact={contact} />
      <Restrictions contact={contact} />
      <Rights contact={contact} />
      {mayKeep && <ContactActions contact={contact} />}
    </Row>
  );
}
