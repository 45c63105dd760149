// Finds a student: by name, among those with a plan or all. The search stands in the address, so
// that going back comes back to it.
import { asFault } from '~/api/fault.ts';
import { useSearchParams } from 'react-router';
import { SearchField } from '~/components/SearchField.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useAgency } from '../shell/Agency.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { NoStudents } from './NoStudents.tsx';
import { PlanFilter } from './PlanFilter.tsx';
import { StudentList } from './StudentList.tsx';
import { useLater } from './useLater.ts';
import { useStudents } from './useStudents.ts';
import { WaitingRequests } from './WaitingRequests.tsx';
import styles from './Students.module.css';

export function StudentsPage() {
  const say = useText();
  const { membership } = useAgency();
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const withPlan = params.get('all') === null;
  const settled = useLater(search, 250).trim();
  const found = useStudents({ agency: membership.agency.id, search: settled, withPlan });
  useTitle(say('students.title'));

  const change = (q: string, plan: boolean) => {
    const next = { ...(q === '' ? {} : { q }), ...(plan ? {} : { all: '1' }) };
    setParams(next, { replace: true });
  };

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>
          <T id="students.title" />
        </h1>
        <p className={styles.count} role="status">
          {found.query.isSuccess && <T id="students.count" values={{ count: found.total }} />}
        </p>
      </header>
      <WaitingRequests />
      <search className={styles.tools}>
        <SearchField
          label={say('students.search')}
          value={search}
          onChange={q => change(q, withPlan)}
        />
        <PlanFilter withPlan={withPlan} onChange={plan => change(search, plan)} />
      </search>
      {found.query.isPending && <Skeleton lines={8} />}
      {found.query.isError && (
        <FaultNotice
          fault={asFault(found.query.error)}
          onRetry={() => void found.query.refetch()}
        />
      )}
      {found.query.isSuccess && found.students.length === 0 && (
        <NoStudents search={settled} withPlan={withPlan} onAll={() => change(search, false)} />
      )}
      {found.students.length > 0 && (
        <StudentList
          students={found.students}
          total={found.total}
          more={found.query.hasNextPage}
          pending={found.query.isFetchingNextPage}
          onMore={() => void found.query.fetchNextPage()}
        />
      )}
    </div>
  );
}
