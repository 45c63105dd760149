// Who looked at the record, for the director, who answers when a family asks about a line of it
// (34 CFR 99.32). It is fetched beside the page: a change to the child is no look.
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { WhoLookedDocument } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Select } from '~/components/Select.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useLooks } from '~/looks/useLooks.ts';
import { FaultNotice } from '../../shell/FaultNotice.tsx';
import { useStudentView } from '../StudentContext.ts';
import { useMay } from '../useMay.ts';
import { LooksTable } from './LooksTable.tsx';
import styles from './Looks.module.css';

export function Looks() {
  const mayRead = useMay('SEE_ACCESS_LOG');
  return (
    mayRead && (
      <Card id="looks" title={<T id="looks.title" />} note={<T id="looks.note" />}>
        <Log />
      </Card>
    )
  );
}

const EVERYBODY = '';

function Log() {
  const say = useText();
  const dates = useDates();
  const { student } = useStudentView();
  const { query, days, people } = useLooks(student.id, variables =>
    request(WhoLookedDocument, variables),
  );
  const [person, setPerson] = useState(EVERYBODY);
  const oldest = days.at(-1);
  return (
    <>
      {query.isPending && <Skeleton lines={4} />}
      {query.isSuccess && oldest === undefined && (
        <EmptyState icon={<Eye aria-hidden="true" size={32} />} title={<T id="looks.empty" />}>
          <T id="looks.empty.next" />
        </EmptyState>
      )}
      {oldest !== undefined && (
        <>
          <Select
            label={say('looks.filter')}
            value={person}
            options={[
              { value: EVERYBODY, text: say('looks.filter.all') },
              ...people.map(({ person, name }) => ({ value: person, text: name })),
            ]}
            onChange={setPerson}
          />
          <LooksTable days={days} person={person === EVERYBODY ? null : person} />
          <p className={styles.back} role="status">
            <T id="looks.back" values={{ count: days.length, day: dates.day(oldest.on) }} />
          </p>
        </>
      )}
      {query.isError && (
        <FaultNotice
          fault={asFault(query.error)}
          onRetry={() => void (oldest === undefined ? query.refetch() : query.fetchNextPage())}
        />
      )}
      {query.hasNextPage && !query.isError && (
        <div>
          <Button
            size="small"
            pending={query.isFetchingNextPage}
            onPress={() => void query.fetchNextPage()}
          >
            <T id="looks.earlier" />
          </Button>
        </div>
      )}
    </>
  );
}
