// Asks for something before the page goes on: a sheet from below on a phone, a card in the middle
// on a wide screen. Escape closes it; focus goes back to where it was.
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useText } from '~/i18n/useText.ts';
import styles from './Dialog.module.css';

interface DialogProps {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  /** Room for two versions side by side. */
  wide?: boolean;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

export function Dialog({ title, open, onClose, wide, role = 'dialog', children }: DialogProps) {
  const say = useText();
  return (
    <ModalOverlay
      className={styles.veil ?? ''}
      isOpen={open}
      onOpenChange={isOpen => !isOpen && onClose()}
      isDismissable={false}
    >
      <Modal className={`${styles.modal ?? ''} ${wide === true ? (styles.wide ?? '') : ''}`}>
        <AriaDialog className={styles.dialog ?? ''} role={role}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <Button slot="close" className={styles.close ?? ''} aria-label={say('dialog.close')}>
              <X aria-hidden="true" size={20} />
            </Button>
          </header>
          <div className={styles.body}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
