// Corrects an attempt to reach the family.
import type { Attempt, StudentCard } from '~/core/face.ts';
import { useDates } from '~/i18n/useDates.ts';
import { Correct } from '../outbox/Correct.tsx';
import { attemptForm } from '../outbox/forms.ts';

interface CorrectAttemptProps {
  attempt: Attempt;
  student: StudentCard;
}

export function CorrectAttempt({ attempt, student: { agency, id } }: CorrectAttemptProps) {
  const dates = useDates();
  const written = { ...attempt, person: attempt.person.person ?? '' };
  return (
    <Correct
      agency={agency}
      form={() => attemptForm(id, written, { amends: attempt.id })}
      says="contact.correct"
      which={dates.moment(attempt.at)}
    />
  );
}
