// The code with what to do with it, on a sheet to hand over. The sheet names no student.
import { Copy, Printer } from 'lucide-react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useStudentView } from '../StudentContext.ts';
import styles from './Invitation.module.css';

interface InvitationLetterProps {
  code: string;
  until: string | null;
  name: string;
  onDone: () => void;
}

export function InvitationLetter({ code, until, name, onDone }: InvitationLetterProps) {
  const say = useText();
  const tell = useTell();
  const { timeZone } = useStudentView();
  const dates = useDates(timeZone);
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => tell({ text: say('invitation.copied') }),
      () => tell({ text: say('invitation.copy.failed'), tone: 'bad' }),
    );
  };
  return (
    <>
      <Notice tone="aim" title={<T id="invitation.once" />}>
        <T id="invitation.once.why" />
      </Notice>
      <div className={styles.letter} data-printed>
        <p>
          <T id="invitation.for" values={{ name: <bdi>{name}</bdi> }} />
        </p>
        <output className={styles.code} translate="no" aria-label={say('invitation.code')}>
          {code}
        </output>
        <ol className={styles.steps}>
          <li>
            <T
              id="invitation.step.open"
              values={{ address: <bdi>{`${location.origin}/phone/`}</bdi> }}
            />
          </li>
          <li>
            <T id="invitation.step.code" />
          </li>
          <li>
            <T id="invitation.step.password" />
          </li>
        </ol>
        {until !== null && (
          <p>
            <T id="invitation.until" values={{ day: dates.dateOf(until) }} />
          </p>
        )}
      </div>
      <Actions>
        <Button onPress={copy}>
          <Copy aria-hidden="true" size={18} />
          <T id="invitation.copy" />
        </Button>
        <Button onPress={() => window.print()}>
          <Printer aria-hidden="true" size={18} />
          <T id="invitation.print" />
        </Button>
        <Button kind="primary" onPress={onDone}>
          <T id="invitation.done" />
        </Button>
      </Actions>
    </>
  );
}
