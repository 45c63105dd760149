// A student's page: fetched, watched, and compared with what it was, so that what came in while
// it was open can be shown and said.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { request } from '~/api/request.ts';
import { StudentDocument, type StudentPageFragment } from '~/api/schema.ts';
import { useWatch } from '~/api/useWatch.ts';
import { arrivals, type Arrival } from './arrivals.ts';

export interface News {
  at: Date;
  arrivals: Arrival[];
}

export function useStudent(id: string, visits: number) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['student', id, visits],
    queryFn: () => request(StudentDocument, { id, visits }),
    placeholderData: keepPreviousData,
  });
  useWatch([id], ['student', id]);

  const node = query.data?.node;
  const student = node != null && 'agency' in node ? (node as StudentPageFragment) : null;
  const { news, fresh, hush } = useNews(student);

  /** After one's own change: fetch again, and do not announce it as news. */
  const refresh = () => {
    hush();
    void queries.invalidateQueries({ queryKey: ['student', id] });
  };
  return { query, student, news, fresh, refresh };
}

function useNews(student: StudentPageFragment | null) {
  const before = useRef<StudentPageFragment | null>(null);
  const quiet = useRef(false);
  const [news, setNews] = useState<News | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    const [old, current] = [before.current, student];
    before.current = current;
    if (old === null || current === null || old.id !== current.id || old === current) return;
    const found = arrivals(old, current);
    if (found.length === 0) return;
    setFresh(new Set(found.map(arrival => arrival.key)));
    if (!quiet.current) setNews({ at: new Date(), arrivals: found });
    quiet.current = false;
  }, [student]);

  return {
    news,
    fresh,
    hush: () => {
      quiet.current = true;
    },
  };
}
