// "That was wrong": opens what was written down in its form again. The school keeps both; what is
// saved now stands instead of the first.
import { PencilLine } from 'lucide-react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import type { Id } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore } from '../core/CoreProvider.tsx';
import type { Filled } from './forms.ts';
import { putBack } from './useUndo.ts';

interface CorrectProps {
  agency: Id;
  /** Filled when it is opened: each time a new operation. */
  form: () => Filled;
  says: MessageId;
  /** Which of several, for those who do not see where the button stands. */
  which: string;
  /** For where the form's page is shown already. */
  onOpen?: (() => void) | undefined;
}

export function Correct({ agency, form, says, which, onOpen }: CorrectProps) {
  const core = useCore();
  const say = useText();
  const tell = useTell();
  const go = useNavigate();
  const open = async () => {
    const filled = form();
    if (!(await putBack(core, agency, filled))) tell({ tone: 'bad', text: say('undo.other') });
    else if (onOpen) onOpen();
    else void go(filled.path(agency));
  };
  return (
    <Button kind="quiet" size="small" onPress={() => void open()}>
      <PencilLine aria-hidden="true" size={18} />
      <T id={says} />
      <span className="visually-hidden">{which}</span>
    </Button>
  );
}
