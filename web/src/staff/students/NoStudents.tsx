// Nobody matches: says why, and offers the wider search.
import { SearchX } from 'lucide-react';
import { Button } from '~/components/Button.tsx';
import { EmptyState } from '~/components/EmptyState.tsx';
import { T } from '~/i18n/T.tsx';

interface NoStudentsProps {
  search: string;
  withPlan: boolean;
  onAll: () => void;
}

export function NoStudents({ search, withPlan, onAll }: NoStudentsProps) {
  const why =
    search === '' ? (withPlan ? 'noPlan' : 'nobody') : withPlan ? 'noPlanMatch' : 'noMatch';
  const all = withPlan && (
    <Button onPress={onAll}>
      <T id="students.showAll" />
    </Button>
  );
  return (
    <EmptyState
      icon={<SearchX aria-hidden="true" size={32} />}
      title={<T id={`students.empty.${why}`} values={{ search }} />}
      action={all}
    >
      <T id={`students.empty.${why}.next`} />
    </EmptyState>
  );
}
