// The services given, newest first.
import { ClipboardList } from 'lucide-react';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { VisitRow } from './VisitRow.tsx';

export function Visits({ onMore }: { onMore: () => void }) {
  const { student } = useStudentView();
  const { nodes, pageInfo } = student.visits;
  const maySee = useMay('SEE_VISITS');
  if (!maySee) return null;
  return (
    <Card id="visits" title={<T id="section.visits" />}>
      {nodes.length === 0 ? (
        <EmptyState
          icon={<ClipboardList aria-hidden="true" size={32} />}
          title={<T id="visits.empty" />}
        >
          <T id="visits.empty.next" />
        </EmptyState>
      ) : (
        <List>
          {nodes.map(visit => (
            <VisitRow key={visit.id} visit={visit} />
          ))}
        </List>
      )}
      {pageInfo.hasNextPage && (
        <div>
          <Button size="small" onPress={onMore}>
            <T id="visits.more" />
          </Button>
        </div>
      )}
    </Card>
  );
}
