// Who of the school looked at a child's record, day by day. The one page of the phone that needs a
// network: the list is the school's, and whoever may read it is asked anew each time.
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { asFault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import type { Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Gone } from '../student/StudentPage.tsx';
import { paths } from '../words/paths.ts';
import { isFamily } from '../words/roles.ts';
import { About } from './About.tsx';
import { LooksDay } from './LooksDay.tsx';
import { NotRead } from './NotRead.tsx';
import { Outside } from './Outside.tsx';
import { useChildsLooks } from './useChildsLooks.ts';
import styles from './Looks.module.css';

export function LooksPage() {
  const { agency = '', id = '' } = useParams();
  const shown = useScreen({ screen: 'student', agency, id });
  if (shown === null || (shown && !isFamily(shown.mine.roles))) return <Gone />;
  return (
    <Screen
      title={<T id="looks.title" />}
      under={shown && <bdi>{shown.student.name}</bdi>}
      back={paths.student({ agency, id })}
    >
      {shown === undefined ? <Skeleton lines={6} /> : <Looks child={shown} />}
    </Screen>
  );
}

function Looks({ child }: { child: Student }) {
  const { agency, id, givenName } = child.student;
  const { query, days } = useChildsLooks(agency, id);
  /** How many days there were when earlier ones were asked for. */
  const [read, setRead] = useState(0);
  const earlier = () => {
    setRead(days.length);
    void query.fetchNextPage();
  };
  return (
    <>
      <About child={child} />
      <Outside child={child} />
      {query.isPending && (
        <>
          <p className={styles.soft} role="status">
            <T id="looks.loading" />
          </p>
          <Skeleton lines={6} />
        </>
      )}
      {query.isSuccess && days.length === 0 && (
        <EmptyState icon={<Eye aria-hidden="true" size={32} />} title={<T id="looks.empty" />}>
          <T id="looks.empty.why" values={{ name: givenName }} />
        </EmptyState>
      )}
      {days.map((day, at) => (
        <LooksDay key={day.on} day={day} goesOn={read > 0 && at === read} />
      ))}
      {query.isError && (
        <NotRead
          fault={asFault(query.error)}
          pending={query.isFetching}
          onRetry={() => (days.length === 0 ? void query.refetch() : earlier())}
        />
      )}
      {query.hasNextPage && !query.isError && (
        <Button wide pending={query.isFetchingNextPage} onPress={earlier}>
          <T id="looks.earlier" />
        </Button>
      )}
      {days.length > 0 && !query.hasNextPage && (
        <p className={styles.soft}>
          <T id="looks.end" />
        </p>
      )}
    </>
  );
}
