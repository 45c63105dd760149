// Takes a copy of a child's record: one file, made while one waits, that the browser keeps. It needs
// the server; no phone holds all of it.
import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { asFault, type Fault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { saveFile } from './saveFile.ts';

interface TakeCopyProps {
  take: (language: string) => Promise<Blob>;
  size?: 'normal' | 'small';
  children: ReactNode;
}

export function TakeCopy({ take, size = 'normal', children }: TakeCopyProps) {
  const { locale } = useIntl();
  const say = useText();
  const tell = useTell();
  const [making, setMaking] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const make = async () => {
    setMaking(true);
    setFault(null);
    try {
      const file = await take(locale);
      saveFile(file, `record-${new Date().toISOString().slice(0, 10)}.zip`);
      tell({ tone: 'good', text: say('copy.made') });
    } catch (error) {
      setFault(asFault(error));
    } finally {
      setMaking(false);
    }
  };
  return (
    <>
      {fault !== null && <NotMade fault={fault} />}
      <div>
        <Button size={size} pending={making} onPress={() => void make()}>
          <Download aria-hidden="true" size={18} /> {children}
        </Button>
      </div>
    </>
  );
}

function NotMade({ fault: { kind, requestId } }: { fault: Fault }) {
  const offline = kind === 'offline';
  return (
    <Notice
      tone={offline ? 'aim' : 'bad'}
      title={<T id={offline ? 'copy.offline' : `fault.${kind}`} />}
    >
      <T id={offline ? 'copy.offline.next' : `fault.${kind}.next`} />
      {requestId !== undefined && (
        <p>
          <T id="fault.number" values={{ number: requestId }} />
        </p>
      )}
    </Notice>
  );
}
