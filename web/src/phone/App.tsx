// Which page is shown: what stands in the way first, then sign-in, then the person's own pages.
import { Navigate, Route, Routes } from 'react-router';
import { Toasts } from '~/components/toast/Toasts.tsx';
import { ContactPage } from './contact/ContactPage.tsx';
import { useScreen, useStanding } from './core/CoreProvider.tsx';
import { PersonLanguage } from './frame/PersonLanguage.tsx';
import { Splash } from './frame/Splash.tsx';
import { Trouble } from './frame/Trouble.tsx';
import { HomePage } from './home/HomePage.tsx';
import { PickStudentPage } from './home/PickStudentPage.tsx';
import { InputPage } from './family/InputPage.tsx';
import { StatementPage } from './family/StatementPage.tsx';
import { LooksPage } from './looks/LooksPage.tsx';
import { ContactNeededPage } from './lock/ContactNeededPage.tsx';
import { LockPage } from './lock/LockPage.tsx';
import { MeetingPage } from './meeting/MeetingPage.tsx';
import { OutboxPage } from './outbox/OutboxPage.tsx';
import { AskPage } from './record/AskPage.tsx';
import { RecordPage } from './record/RecordPage.tsx';
import { SettingsPage } from './settings/SettingsPage.tsx';
import { AnewPage } from './signin/AnewPage.tsx';
import { OfferPage } from './signin/OfferPage.tsx';
import { RedeemPage } from './signin/RedeemPage.tsx';
import { SignInPage } from './signin/SignInPage.tsx';
import { StudentPage } from './student/StudentPage.tsx';
import { VisitPage } from './visit/VisitPage.tsx';

const home = <Navigate to="/" replace />;

export function App() {
  const standing = useStanding();
  const session = useScreen({ screen: 'session' });
  if (standing.at === 'trouble') return <Trouble standing={standing} />;
  if (!session) return <Splash />;
  const { lock } = session;
  if (session.state === 'locked' && lock?.waits === undefined) return <Splash />;
  if (lock?.waits === 'lost' && lock.arrived) return <AnewPage account={lock.account} />;
  if (lock?.waits === 'pin' && lock.arrived) return <LockPage lock={lock} />;
  if (session.account === undefined || session.state === 'signedOut')
    return (
      <Routes>
        <Route path="code" element={<RedeemPage session={session} />} />
        <Route path="sign-in" element={<SignInPage session={session} />} />
        <Route
          path="*"
          element={
            lock?.waits === 'pin' ? <LockPage lock={lock} /> : <SignInPage session={session} />
          }
        />
      </Routes>
    );
  if (session.lease?.isOver === true)
    return (
      <PersonLanguage key={session.account.id} account={session.account}>
        <Routes>
          <Route
            path="sign-in"
            element={session.state === 'ready' ? home : <SignInPage session={session} />}
          />
          <Route path="*" element={<ContactNeededPage session={session} lease={session.lease} />} />
        </Routes>
      </PersonLanguage>
    );
  return (
    <PersonLanguage key={session.account.id} account={session.account}>
      <Toasts>
        <Routes>
          <Route
            path="sign-in"
            element={session.state === 'ready' ? home : <SignInPage session={session} />}
          />
          <Route path="code" element={<OfferPage />} />
          <Route path="add" element={<RedeemPage session={session} />} />
          <Route path="log" element={<PickStudentPage />} />
          <Route path="student/:agency/:id" element={<StudentPage />} />
          <Route path="student/:agency/:id/visit" element={<VisitPage />} />
          <Route path="student/:agency/:id/contact" element={<ContactPage />} />
          <Route path="student/:agency/:id/input" element={<InputPage />} />
          <Route path="student/:agency/:id/statement" element={<StatementPage />} />
          <Route path="student/:agency/:id/looks" element={<LooksPage />} />
          <Route path="student/:agency/:id/record" element={<RecordPage />} />
          <Route path="student/:agency/:id/record/:asks" element={<AskPage />} />
          <Route path="student/:agency/:id/meeting/:meeting" element={<MeetingPage />} />
          <Route path="waiting" element={<OutboxPage />} />
          <Route path="settings" element={<SettingsPage />} />
          <Route path="*" element={<HomePage />} />
        </Routes>
      </Toasts>
    </PersonLanguage>
  );
}
