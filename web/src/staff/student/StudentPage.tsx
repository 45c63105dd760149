// Everything the team knows about one student, kept up to date while it is open.
import { useState } from 'react';
import { useParams } from 'react-router';
import { asFault } from '~/api/fault.ts';
import { Skeleton } from '~/components/Skeleton.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { NotFound } from '../shell/NotFound.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { StudentContext } from './StudentContext.ts';
import { StudentSections } from './StudentSections.tsx';
import { useStudent } from './useStudent.ts';

const visitsAtFirst = 10;

export function StudentPage() {
  const { id = '' } = useParams();
  const [visits, setVisits] = useState(visitsAtFirst);
  const { query, student, news, fresh, refresh } = useStudent(id, visits);
  useTitle(student?.name);

  if (student !== null) {
    const timeZone = student.agency.timeZone;
    return (
      <StudentContext value={{ student, timeZone, fresh, refresh }}>
        <StudentSections news={news} onMoreVisits={() => setVisits(shown => shown + 20)} />
      </StudentContext>
    );
  }
  if (query.isPending) return <Skeleton lines={10} />;
  const fault = query.isError ? asFault(query.error) : null;
  // An address that names no student at all is told like one that names none of ours.
  if (fault === null || fault.kind === 'gone' || fault.kind === 'input') return <NotFound />;
  return <FaultNotice fault={fault} onRetry={() => void query.refetch()} />;
}
