// The sheet to hand over, with the ways to copy and print it.
import { Copy, Printer } from 'lucide-react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { InLanguage } from '~/i18n/InLanguage.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { InvitationSheet } from './InvitationSheet.tsx';

const areas = ['common', 'staff'] as const;

interface InvitationLetterProps {
  code: string;
  until: string | null;
  name: string;
  /** The guardian's language, in which the sheet is written. */
  language: string | null;
  onDone: () => void;
}

export function InvitationLetter({ code, until, name, language, onDone }: InvitationLetterProps) {
  const say = useText();
  const tell = useTell();
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
      <InLanguage language={language} areas={areas}>
        <InvitationSheet code={code} until={until} name={name} />
      </InLanguage>
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
