// Asks once more before something that others will notice.
import type { ReactNode } from 'react';
import { T } from '~/i18n/T.tsx';
import { Actions } from './Actions.tsx';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface ConfirmDialogProps {
  title: ReactNode;
  open: boolean;
  action: ReactNode;
  danger?: boolean;
  pending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, open, action, danger, pending, onConfirm, onClose, children } = props;
  return (
    <Dialog title={title} open={open} onClose={onClose} role="alertdialog">
      {children}
      <Actions>
        <Button onPress={onClose}>
          <T id="dialog.cancel" />
        </Button>
        <Button kind={danger === true ? 'danger' : 'primary'} pending={pending} onPress={onConfirm}>
          {action}
        </Button>
      </Actions>
    </Dialog>
  );
}
