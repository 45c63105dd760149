// What the family asks of the record: to see it, to have it corrected. Families ask from their
// phones; whoever keeps the records of the agency answers here, once.
import { BookOpenText } from 'lucide-react';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { TakeCopy } from '~/copies/TakeCopy.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { RequestRow } from './RequestRow.tsx';
import { useCopy } from './useCopy.ts';

export function Requests() {
  const { student } = useStudentView();
  const mayRead = useMay('SEE_REQUESTS');
  const mayCopy = useMay('COPY_RECORD');
  const take = useCopy();
  if (!mayRead) return null;
  return (
    <Card id="requests" title={<T id="section.requests" />} note={<T id="requests.note" />}>
      {student.recordRequests.length === 0 ? (
        <EmptyState
          icon={<BookOpenText aria-hidden="true" size={32} />}
          title={<T id="requests.empty" />}
        >
          <T id="requests.empty.next" />
        </EmptyState>
      ) : (
        <List>
          {student.recordRequests.map(request => (
            <RequestRow key={request.id} request={request} />
          ))}
        </List>
      )}
      {mayCopy && (
        <>
          <p>
            <T id="requests.copy.lead" /> <T id="copy.safe" />
          </p>
          <TakeCopy take={take}>
            <T id="copy.take" />
          </TakeCopy>
        </>
      )}
    </Card>
  );
}
