// "That was wrong": opens one's own visit in the form again. The school keeps both; what is saved
// now stands instead of the first.
import { PencilLine } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { StudentCard, Visit } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { putBack } from '../outbox/useUndo.ts';
import { paths } from '../words/paths.ts';
import { again } from './visitDraft.ts';

interface CorrectProps {
  visit: Visit;
  student: StudentCard;
  /** For where the form's page is shown already. */
  onOpen?: () => void;
}

export function Correct({ visit, student, onOpen }: CorrectProps) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const dates = useDates();
  const go = useNavigate();
  const open = async () => {
    const { agency, id } = student;
    const begun = again(visit, { amends: visit.id });
    if (!(await putBack(core, agency, { name: 'LogVisit', student: id, body: begun })))
      tell({ tone: 'bad', text: say('undo.other') });
    else if (onOpen) onOpen();
    else void go(paths.visit({ agency, id }));
  };
  return (
    <Button kind="quiet" size="small" onPress={() => void open()}>
      <PencilLine aria-hidden="true" size={18} />
      <T id="visit.correct" />
      <span className="visually-hidden">{dates.longDay(visit.startedAt)}</span>
    </Button>
  );
}
