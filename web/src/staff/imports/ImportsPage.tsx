// What each import of the roster did, the newest first. Importing itself is done at the server.
import { useQuery } from '@tanstack/react-query';
import { FileInput } from 'lucide-react';
import { request } from '~/api/request.ts';
import { ImportsDocument } from '~/api/schema.ts';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';
import { useAgency } from '../shell/Agency.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { ImportCard } from './ImportCard.tsx';

export function ImportsPage() {
  const agency = useAgency().membership.agency.id;
  const imports = useQuery({
    queryKey: ['imports', agency],
    queryFn: () => request(ImportsDocument, { agency }),
  });
  const found = imports.data?.agency;
  return (
    <Sheet about="imports" query={imports}>
      {found?.imports.map(each => (
        <ImportCard key={each.id} imported={each} timeZone={found.timeZone} />
      ))}
      {found?.imports.length === 0 && (
        <EmptyState
          icon={<FileInput aria-hidden="true" size={32} />}
          title={<T id="imports.empty" />}
        >
          <T id="imports.empty.next" />
        </EmptyState>
      )}
    </Sheet>
  );
}
