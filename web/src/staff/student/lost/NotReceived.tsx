// What somebody wrote about the student and the server could not take: for the case manager, who
// can ask. Its author sees it on the phone and can send it again, unless their access ended.
import { CircleCheck } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { NotReceivedRow } from './NotReceivedRow.tsx';

export function NotReceived() {
  const { notReceived } = useStudentView().student;
  const maySee = useMay('SEE_NOT_RECEIVED');
  if (!maySee) return null;
  return (
    <Card id="lost" title={<T id="lost.title" />} note={<T id="lost.note" />}>
      {notReceived.length === 0 ? (
        <EmptyState
          icon={<CircleCheck aria-hidden="true" size={32} />}
          title={<T id="lost.empty" />}
        />
      ) : (
        <List>
          {notReceived.map(one => (
            <NotReceivedRow key={one.id} one={one} />
          ))}
        </List>
      )}
    </Card>
  );
}
