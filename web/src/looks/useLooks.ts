// Who looked at a student's record, some days at a time. It is asked of the server each time and
// kept nowhere: who may read it can change from one day to the next.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Fault } from '~/api/fault.ts';
import type { WhoLookedQuery, WhoLookedQueryVariables } from '~/api/schema.ts';
import { daysOf, peopleOf } from './days.ts';

export const LOOKS = 'looks';
const AT_ONCE = 20;

interface Patience {
  networkMode?: 'always';
  retry?: (count: number, error: Error) => boolean;
  retryDelay?: number;
}

export function useLooks(
  student: string,
  ask: (variables: WhoLookedQueryVariables) => Promise<WhoLookedQuery>,
  patience: Patience = {},
) {
  const { locale } = useIntl();
  const query = useInfiniteQuery({
    ...patience,
    queryKey: [LOOKS, student],
    queryFn: async ({ pageParam }) => {
      const { node } = await ask({ id: student, before: pageParam, days: AT_ONCE });
      const mayRead = node != null && 'can' in node && node.can.includes('SEE_ACCESS_LOG');
      if (!mayRead) throw new Fault('gone');
      return node.accessLog;
    },
    initialPageParam: null as string | null,
    getNextPageParam: page =>
      new Set(page.map(({ on }) => on)).size < AT_ONCE ? null : (page.at(-1)?.on ?? null),
  });
  const { days, people } = useMemo(() => {
    const days = daysOf(query.data?.pages.flat() ?? [], locale);
    return { days, people: peopleOf(days, locale) };
  }, [query.data, locale]);
  return { query, days, people };
}
