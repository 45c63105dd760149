// Numbers as big keys: one touch takes the score.
import { Button } from 'react-aria-components';
import { useNumbers } from '~/i18n/useNumbers.ts';
import styles from './NumberGrid.module.css';

interface NumberGridProps {
  label: string;
  numbers: readonly number[];
  onPick: (number: number) => void;
}

export function NumberGrid({ label, numbers, onPick }: NumberGridProps) {
  const write = useNumbers();
  return (
    <div className={styles.grid} role="group" aria-label={label}>
      {numbers.map(number => (
        <Button key={number} className={styles.key ?? ''} onPress={() => onPick(number)}>
          {write(number)}
        </Button>
      ))}
    </div>
  );
}
