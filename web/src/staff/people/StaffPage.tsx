// Who works here and whether they sign in; and the way in for those who do not, or cannot any more.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '~/api/request.ts';
import { StaffListDocument } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { SearchField } from '~/components/SearchField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from '../shell/Agency.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { useLater } from '../students/useLater.ts';
import { Colleague } from './Colleague.tsx';

export function StaffPage() {
  const say = useText();
  const agency = useAgency().membership.agency.id;
  const [typed, setTyped] = useState('');
  const search = useLater(typed, 250).trim();
  const staff = useInfiniteQuery({
    queryKey: ['staff', agency, search],
    queryFn: async ({ pageParam }) => {
      const variables = { agency, after: pageParam, search: search === '' ? null : search };
      return (await request(StaffListDocument, variables)).agency;
    },
    // What somebody opened in a row stays open while another search is on its way.
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: page =>
      page?.staff.pageInfo.hasNextPage === true ? page.staff.pageInfo.endCursor : null,
  });
  const pages = staff.data?.pages ?? [];
  const people = pages.flatMap(page => page?.staff.nodes ?? []);
  const timeZone = pages[0]?.timeZone ?? 'UTC';
  return (
    <Sheet about="staffList" query={staff}>
      <search>
        <SearchField label={say('staffList.search')} value={typed} onChange={setTyped} />
      </search>
      {staff.isSuccess && (
        <Card title={<T id="staffList.title" />}>
          {people.length === 0 && (
            <p>
              <T id="staffList.none" />
            </p>
          )}
          <List>
            {people.map(person => (
              <Colleague key={person.id} person={person} timeZone={timeZone} />
            ))}
          </List>
          {staff.hasNextPage && (
            <Button pending={staff.isFetchingNextPage} onPress={() => void staff.fetchNextPage()}>
              <T id="staffList.more" />
            </Button>
          )}
        </Card>
      )}
    </Sheet>
  );
}
