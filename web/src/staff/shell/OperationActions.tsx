// The end of a form in a dialog: what the server said of it, the way out, and the way on.
import type { ReactNode } from 'react';
import type { Operation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { Actions } from '~/components/Actions.tsx';
import { T } from '~/i18n/T.tsx';
import { OperationNotices } from './OperationNotices.tsx';

interface OperationActionsProps {
  of: Pick<Operation<never, never>, 'userErrors' | 'fault' | 'pending'>;
  /** What is filled in so far can be sent. */
  ready: boolean;
  onCancel: () => void;
  onSend: () => void;
  /** What the button that sends says. */
  children: ReactNode;
}

export function OperationActions({ of, ready, onCancel, onSend, children }: OperationActionsProps) {
  return (
    <>
      <OperationNotices of={of} />
      <Actions>
        <Button onPress={onCancel}>
          <T id="dialog.cancel" />
        </Button>
        <Button kind="primary" disabled={!ready} pending={of.pending} onPress={onSend}>
          {children}
        </Button>
      </Actions>
    </>
  );
}
