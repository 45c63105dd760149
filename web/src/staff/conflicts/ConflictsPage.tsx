// The choices that wait for this person, and those that were made: who chose what, when, between
// which versions, with the way to take one back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '~/api/request.ts';
import { ConflictsDocument } from '~/api/schema.ts';
import { useWatch } from '~/api/useWatch.ts';
import { Tabs } from '~/components/Tabs.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from '../shell/Agency.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { Made } from './Made.tsx';
import { useSettling } from './useSettling.tsx';
import { Waiting } from './Waiting.tsx';

export function ConflictsPage() {
  const say = useText();
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
    <Sheet about="conflicts" query={query}>
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
    </Sheet>
  );
}
