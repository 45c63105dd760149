// A page of the console that is read from top to bottom: its title, what it is about, and what was
// fetched for it; while that is on its way, or when it did not come, it says so.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asFault } from '~/api/fault.ts';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { FaultNotice } from './FaultNotice.tsx';
import { useTitle } from './useTitle.ts';
import styles from './Sheet.module.css';

interface SheetProps {
  /** What its words in the catalogue begin with. */
  about: 'conflicts' | 'devices' | 'imports' | 'retention' | 'staffList';
  query: Pick<UseQueryResult, 'isPending' | 'isError' | 'error' | 'refetch'>;
  children: ReactNode;
}

export function Sheet({ about, query, children }: SheetProps) {
  const say = useText();
  useTitle(say(`${about}.title`));
  return (
    <div className={styles.sheet}>
      <header className={styles.head}>
        <h1>
          <T id={`${about}.title`} />
        </h1>
        <p>
          <T id={`${about}.lead`} />
        </p>
      </header>
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && (
        <FaultNotice fault={asFault(query.error)} onRetry={() => void query.refetch()} />
      )}
      {children}
    </div>
  );
}
