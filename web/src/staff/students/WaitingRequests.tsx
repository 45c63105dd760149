// What families asked of their children's records and nobody has answered, for those who may: above
// the list of students, because the law counts the days.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { request } from '~/api/request.ts';
import { WaitingRequestsDocument } from '~/api/schema.ts';
import { useWatch } from '~/api/useWatch.ts';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useAgency } from '../shell/Agency.tsx';
import styles from './Students.module.css';

export function WaitingRequests() {
  const { id } = useAgency().membership.agency;
  const dates = useDates();
  const queryKey = ['requests', id];
  const query = useQuery({
    queryKey,
    queryFn: async () => (await request(WaitingRequestsDocument, { agency: id })).agency,
  });
  useWatch([id], queryKey);
  const waiting = query.data?.recordRequests ?? [];
  const [first] = waiting;
  if (first === undefined) return null;
  const count = waiting.length;
  return (
    <Notice tone="aim" title={<T id="requests.waiting" />}>
      {first.dueOn === null ? (
        <T id="requests.waiting.lead.noDay" values={{ count }} />
      ) : (
        <T id="requests.waiting.lead" values={{ count, day: dates.day(first.dueOn) }} />
      )}
      <ul className={styles.waiting}>
        {waiting.map(({ id, student }) => (
          <li key={id}>
            <Link to={`/students/${student.id}#requests`} translate="no">
              <bdi>{student.name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
