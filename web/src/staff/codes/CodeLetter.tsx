// The sheet to hand over, with the ways to copy and print it.
import { Copy, Printer } from 'lucide-react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { InLanguage } from '~/i18n/InLanguage.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { CodeSheet, type SheetProps } from './CodeSheet.tsx';

const areas = ['common', 'staff'] as const;

interface CodeLetterProps extends SheetProps {
  /** The language of whoever gets it, in which the sheet is written. */
  language: string | null;
  onDone: () => void;
}

export function CodeLetter({ language, onDone, ...sheet }: CodeLetterProps) {
  const say = useText();
  const tell = useTell();
  const copy = () => {
    navigator.clipboard.writeText(sheet.code).then(
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
        <CodeSheet {...sheet} />
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
