// A round button for one step up or down.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import styles from './StepButton.module.css';

interface StepButtonProps {
  label: string;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export function StepButton({ label, disabled = false, onPress, children }: StepButtonProps) {
  return (
    <Button
      className={styles.step ?? ''}
      aria-label={label}
      isDisabled={disabled}
      onPress={onPress}
    >
      {children}
    </Button>
  );
}
