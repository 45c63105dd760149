// "Log a visit" from the first page: for whom?
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { Screen } from '../frame/Screen.tsx';
import { servicesOf } from '../words/roles.ts';
import { Caseload } from './Caseload.tsx';

export function PickStudentPage() {
  const students = useScreen({ screen: 'home' })?.students;
  return (
    <Screen title={<T id="visit.who" />} back="/" writing>
      {students === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <Caseload picking students={students.filter(({ roles }) => servicesOf(roles).length > 0)} />
      )}
    </Screen>
  );
}
