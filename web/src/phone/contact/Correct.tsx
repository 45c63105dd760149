// "That was wrong": opens one that was written down in the form again. The school keeps both; what
// is saved now stands instead of the first.
import { PencilLine } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Attempt, StudentCard } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { putBack } from '../outbox/useUndo.ts';
import { paths } from '../words/paths.ts';
import { again } from './attemptDraft.ts';

interface CorrectProps {
  attempt: Attempt;
  student: StudentCard;
}

export function Correct({ attempt, student: { agency, id } }: CorrectProps) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const dates = useDates();
  const go = useNavigate();
  const open = async () => {
    const body = again({ ...attempt, person: attempt.person.person ?? '' }, { amends: attempt.id });
    if (await putBack(core, agency, { name: 'LogAttempt', student: id, body }))
      void go(paths.contact({ agency, id }));
    else tell({ tone: 'bad', text: say('undo.other') });
  };
  return (
    <Button kind="quiet" size="small" onPress={() => void open()}>
      <PencilLine aria-hidden="true" size={18} />
      <T id="contact.correct" />
      <span className="visually-hidden">{dates.moment(attempt.at)}</span>
    </Button>
  );
}
