// Which page is shown, and the frame around it.
import { Route, Routes, useMatch } from 'react-router';
import { asFault } from '~/api/fault.ts';
import { Skeleton } from '~/components/Skeleton.tsx';
import { ConflictsPage } from './conflicts/ConflictsPage.tsx';
import { DevicesPage } from './devices/DevicesPage.tsx';
import { ImportsPage } from './imports/ImportsPage.tsx';
import { StaffPage } from './people/StaffPage.tsx';
import { RetentionPage } from './retention/RetentionPage.tsx';
import { ReturnPage } from './session/ReturnPage.tsx';
import { SignInAgain } from './session/SignInAgain.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { useSignOut } from './session/useSignOut.ts';
import { useViewer } from './session/useViewer.ts';
import { AgencyProvider } from './shell/Agency.tsx';
import { FaultNotice } from './shell/FaultNotice.tsx';
import { Frame } from './shell/Frame.tsx';
import { Lonely } from './shell/Lonely.tsx';
import { NotFound } from './shell/NotFound.tsx';
import { NotStaff } from './shell/NotStaff.tsx';
import { StudentPage } from './student/StudentPage.tsx';
import { StudentsPage } from './students/StudentsPage.tsx';

export function Console() {
  const viewer = useViewer();
  const { forget } = useSignOut();
  const returning = useMatch('/return') !== null;

  if (returning) return <ReturnPage onSignedIn={() => viewer.refetch()} />;
  if (viewer.isPending)
    return (
      <Lonely>
        <Skeleton />
      </Lonely>
    );
  if (viewer.isError) {
    return (
      <Lonely>
        <FaultNotice fault={asFault(viewer.error)} onRetry={() => void viewer.refetch()} />
      </Lonely>
    );
  }
  if (viewer.data === null) return <SignInPage onSignedIn={() => void viewer.refetch()} />;

  const memberships = viewer.data.people.filter(person => person.staffRole !== null);
  if (memberships.length === 0) return <NotStaff />;
  return (
    <AgencyProvider memberships={memberships}>
      <Frame viewer={viewer.data}>
        <Routes>
          <Route index element={<StudentsPage />} />
          <Route path="students/:id" element={<StudentPage />} />
          <Route path="choices" element={<ConflictsPage />} />
          <Route path="devices" element={<DevicesPage />} />
          <Route path="imports" element={<ImportsPage />} />
          <Route path="retention" element={<RetentionPage />} />
          <Route path="staff" element={<StaffPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Frame>
      <SignInAgain onLeave={forget} />
    </AgencyProvider>
  );
}
