// How the adult is related, where we know it from, how to reach them, and whether they use Aimline.
import type { ContactRowFragment } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useLanguageName } from '~/i18n/useLanguageName.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './People.module.css';

export function ContactFacts({ contact }: { contact: ContactRowFragment }) {
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const relation = useNamed('relation');
  const source = useNamed('source');
  const languageName = useLanguageName();
  const { person, invitation } = contact;
  const invited = !person.hasAccount && invitation !== null && invitation.usedAt === null;
  return (
    <ul className={styles.facts}>
      <li>{relation(contact.relation)}</li>
      {contact.livesWith === true && (
        <li>
          <T id="contacts.livesWith" />
        </li>
      )}
      {person.language !== null && <li>{languageName(person.language)}</li>}
      {person.phone !== null && (
        <li>
          <bdi>{person.phone}</bdi>
        </li>
      )}
      {person.email !== null && <li translate="no">{person.email}</li>}
      <li>
        <T id="contacts.source" values={{ source: source(contact.source) }} />
      </li>
      {person.hasAccount && (
        <li>
          <T id="contacts.hasAccount" />
        </li>
      )}
      {invited && (
        <li>
          <T id="contacts.invited" values={{ until: dates.dateOf(invitation.expiresAt) }} />
        </li>
      )}
    </ul>
  );
}
