// The adults in the student's life, as the roster or a person named them. Being listed gives
// nobody a right: that is a fact of its own, granted by a person on evidence.
import { HeartHandshake } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { ContactRow } from './ContactRow.tsx';

export function Contacts() {
  const { student } = useStudentView();
  const maySee = useMay('SEE_CONTACTS');
  if (!maySee) return null;
  return (
    <Card id="contacts" title={<T id="section.contacts" />} note={<T id="contacts.note" />}>
      {student.contacts.length === 0 ? (
        <EmptyState
          icon={<HeartHandshake aria-hidden="true" size={32} />}
          title={<T id="contacts.empty" />}
        >
          <T id="contacts.empty.next" />
        </EmptyState>
      ) : (
        <List>
          {student.contacts.map(contact => (
            <ContactRow key={contact.id} contact={contact} />
          ))}
        </List>
      )}
    </Card>
  );
}
