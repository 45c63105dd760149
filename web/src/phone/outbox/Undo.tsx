// The way back from something that is still on this phone. What has a form opens in it again;
// anything else is gone after it, so it is shown and asked once more.
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import type { Waiting } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { formOf } from './forms.ts';
import { Name } from './Name.tsx';
import { useUndo } from './useUndo.ts';
import { wordsOf } from './wordsOf.ts';
import styles from './OutboxPage.module.css';

export function Undo({ operation }: { operation: Waiting }) {
  const undo = useUndo();
  const go = useNavigate();
  const all = useScreen({ screen: 'outbox' })?.operations ?? [];
  const [asking, setAsking] = useState(false);
  const { agency } = operation;
  const also = all.filter(({ id }) => operation.undo?.also.includes(id));
  const words = wordsOf(operation);
  const form = formOf(operation);

  const take = async () => {
    setAsking(false);
    const done = await undo(operation);
    if (done && form !== null) void go(form.path(agency));
  };
  const isForm = form !== null && also.length === 0;
  return (
    <div>
      <Button size="small" onPress={() => (isForm ? void take() : setAsking(true))}>
        <Undo2 aria-hidden="true" size={18} />
        <T id="undo" />
      </Button>
      <ConfirmDialog
        title={<T id="undo.ask" />}
        open={asking}
        danger
        action={<T id="undo.yes" />}
        onConfirm={() => void take()}
        onClose={() => setAsking(false)}
      >
        <p>
          <T id="undo.why" />
        </p>
        {words !== '' && (
          <p dir="auto" className={styles.words}>
            {words}
          </p>
        )}
        {also.length > 0 && (
          <>
            <p>
              <T id="undo.also" values={{ count: also.length }} />
            </p>
            <ul>
              {also.map(one => (
                <li key={one.id}>
                  <Name name={one.name} />
                </li>
              ))}
            </ul>
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}
