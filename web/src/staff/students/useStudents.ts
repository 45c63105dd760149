// The students that match, page after page; the rows in view are watched for changes.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { request } from '~/api/request.ts';
import { StudentsDocument } from '~/api/schema.ts';
import { useWatch } from '~/api/useWatch.ts';

export interface Wish {
  agency: string;
  search: string;
  withPlan: boolean;
}

export function useStudents({ agency, search, withPlan }: Wish) {
  const key = ['students', agency, search, withPlan];
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam }) => {
      const variables = {
        agency,
        after: pageParam,
        search: search === '' ? null : search,
        withPlan: withPlan ? true : null,
      };
      const answer = await request(StudentsDocument, variables);
      return answer.agency?.students ?? null;
    },
    initialPageParam: null as string | null,
    getNextPageParam: page =>
      page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null,
    placeholderData: keepPreviousData,
  });
  const students = query.data?.pages.flatMap(page => page?.nodes ?? []) ?? [];
  useWatch(students.map(student => student.id).slice(0, 100), key);
  return { query, students, total: query.data?.pages[0]?.totalCount ?? 0 };
}
