// The first page: a provider's caseload, a parent's children, or both for somebody who is both.
import { ClipboardPen } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { isFamily, isNotified, servicesOf, works, worksAtDesk } from '../words/roles.ts';
import { Caseload } from './Caseload.tsx';
import { Child } from './Child.tsx';
import { Grown } from './Grown.tsx';
import { Fetching } from './Fetching.tsx';

export function HomePage() {
  const home = useScreen({ screen: 'home' });
  const session = useScreen({ screen: 'session' });
  const go = useNavigate();
  if (!home || !session)
    return (
      <Screen title={<T id="tabs.home" />}>
        <Skeleton lines={5} />
      </Screen>
    );

  const children = home.students.filter(({ roles }) => isFamily(roles));
  const others = home.students.filter(({ roles }) => !isFamily(roles));
  const grown = others.filter(({ roles }) => isNotified(roles));
  const caseload = others.filter(({ roles }) => !isNotified(roles));
  const logs = caseload.some(({ roles }) => servicesOf(roles).length > 0);
  return (
    <Screen
      title={<T id={works(session.account) ? 'home.caseload' : 'home.family'} />}
      under={session.account?.name}
      action={
        logs ? (
          <Button kind="primary" onPress={() => void go('/log')}>
            <ClipboardPen aria-hidden="true" />
            <T id="visit.log" />
          </Button>
        ) : undefined
      }
    >
      {home.fetching && <Fetching fetching={home.fetching} online={home.online} />}
      {children.map(child => (
        <Child
          key={child.id}
          child={child}
          invitations={home.invitations.filter(({ student }) => student === child.id)}
        />
      ))}
      {grown.map(child => (
        <Grown key={child.id} child={child} />
      ))}
      {caseload.length > 0 && <Caseload students={caseload} />}
      {home.students.length === 0 && !home.fetching && (
        <Nobody atDesk={worksAtDesk(session.account)} />
      )}
    </Screen>
  );
}

function Nobody({ atDesk }: { atDesk: boolean }) {
  if (atDesk)
    return (
      <EmptyState
        title={<T id="home.desk" />}
        action={
          <a href="/staff/">
            <T id="home.desk.go" />
          </a>
        }
      >
        <T id="home.desk.why" />
      </EmptyState>
    );
  return (
    <EmptyState title={<T id="home.nobody" />}>
      <T id="home.nobody.why" />
    </EmptyState>
  );
}
