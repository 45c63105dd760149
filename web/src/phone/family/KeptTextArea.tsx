// A text field that keeps itself and says so.
import { CircleAlert, Smartphone } from 'lucide-react';
import { TextArea } from '~/components/TextArea.tsx';
import { T } from '~/i18n/T.tsx';
import type { Autosaved } from '../words/useAutosave.ts';
import styles from './KeptTextArea.module.css';

interface KeptTextAreaProps {
  label: string;
  help?: string;
  field: Autosaved;
  /** Kept here, not yet received by the school. */
  pending: boolean;
}

export function KeptTextArea({ label, help, field, pending }: KeptTextAreaProps) {
  const { text, keeping, change, flush } = field;
  const waits = pending && text !== '';
  return (
    <div className={styles.field}>
      <TextArea
        label={label}
        help={help}
        rows={4}
        value={text}
        onChange={change}
        onBlur={() => void flush().catch(() => undefined)}
      />
      <p className={styles.state} role="status" data-keeping={keeping}>
        {keeping === 'failed' && (
          <>
            <CircleAlert aria-hidden="true" size={16} />
            <T id="notKept" />
          </>
        )}
        {keeping !== 'failed' && keeping !== 'typing' && (waits || keeping === 'kept') && (
          <>
            <Smartphone aria-hidden="true" size={16} />
            <T id={waits ? 'kept' : 'received'} />
          </>
        )}
      </p>
    </div>
  );
}
