// Corrects one's own visit.
import type { StudentCard, Visit } from '~/core/face.ts';
import { useDates } from '~/i18n/useDates.ts';
import { Correct } from '../outbox/Correct.tsx';
import { visitForm } from '../outbox/forms.ts';

interface CorrectVisitProps {
  visit: Visit;
  student: StudentCard;
  /** For where the form's page is shown already. */
  onOpen?: () => void;
}

export function CorrectVisit({ visit, student: { agency, id }, onOpen }: CorrectVisitProps) {
  const dates = useDates();
  return (
    <Correct
      agency={agency}
      form={() => visitForm(id, visit, { amends: visit.id })}
      says="visit.correct"
      which={dates.longDay(visit.startedAt)}
      onOpen={onOpen}
    />
  );
}
