// What each import of the roster did, the newest first. Importing itself is done at the server.
import { useQuery } from '@tanstack/react-query';
import { FileInput } from 'lucide-react';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { ImportsDocument } from '~/api/schema.ts';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from '../shell/Agency.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { ImportCard } from './ImportCard.tsx';
import styles from './Imports.module.css';

export function ImportsPage() {
  const say = useText();
  useTitle(say('imports.title'));
  const agency = useAgency().membership.agency.id;
  const imports = useQuery({
    queryKey: ['imports', agency],
    queryFn: () => request(ImportsDocument, { agency }),
  });
  const found = imports.data?.agency;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>
          <T id="imports.title" />
        </h1>
        <p>
          <T id="imports.lead" />
        </p>
      </header>
      {imports.isPending && <Skeleton lines={4} />}
      {imports.isError && (
        <FaultNotice fault={asFault(imports.error)} onRetry={() => void imports.refetch()} />
      )}
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
    </div>
  );
}
