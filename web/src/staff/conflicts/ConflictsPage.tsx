// The choices that wait for this person, and those that were made: who chose what, when, between
// which versions, with the way to take one back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { ConflictsDocument } from '~/api/schema.ts';
import { useWatch } from '~/api/useWatch.ts';
import { Skeleton } from '~/components/Skeleton.tsx';
import { Tabs } from '~/components/Tabs.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from '../shell/Agency.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { Made } from './Made.tsx';
import { useSettling } from './useSettling.tsx';
import { Waiting } from './Waiting.tsx';
import styles from './Conflicts.module.css';

export function ConflictsPage() {
  const say = useText();
  useTitle(say('conflicts.title'));
  const queries = useQueryClient();
  const { id, timeZone } = useAgency().membership.agency;
  const queryKey = ['conflicts', id];
  const query = useQuery({
    queryKey,
    queryFn: async () => (await request(ConflictsDocument, { agency: id })).agency,
  });
  useWatch([id], queryKey);
  const waiting = query.data?.conflictQueue ?? [];
  const made = query.data?.settledConflicts ?? [];
  const again = () => void queries.invalidateQueries({ queryKey });
  const { settle, dialog } = useSettling(timeZone, waiting, again);

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>
          <T id="conflicts.title" />
        </h1>
        <p>
          <T id="conflicts.lead" />
        </p>
      </header>
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && (
        <FaultNotice fault={asFault(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && (
        <Tabs
          label={say('conflicts.tabs')}
          tabs={[
            {
              id: 'waiting',
              name: <T id="conflicts.waiting" values={{ count: waiting.length }} />,
              content: <Waiting conflicts={waiting} timeZone={timeZone} onOpen={settle} />,
            },
            {
              id: 'made',
              name: <T id="conflicts.made" />,
              content: <Made choices={made} timeZone={timeZone} onUndo={settle} />,
            },
          ]}
        />
      )}
      {dialog}
    </div>
  );
}
