// Counts while watching the child: a touch for each try, with as little looking as possible.
import { Check, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { Button as KeyButton } from 'react-aria-components';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import styles from './Tally.module.css';

interface TallyProps {
  onAdd: (scored: number, tries: number) => void;
  onStop: () => void;
}

export function Tally({ onAdd, onStop }: TallyProps) {
  const say = useText();
  const [tries, setTries] = useState<boolean[]>([]);
  const scored = tries.filter(Boolean).length;
  const done = (right: boolean) => () => setTries([...tries, right]);
  return (
    <div className={styles.tally}>
      <output className={styles.count}>
        <T id="score.of" values={{ scored, possible: tries.length }} />
      </output>
      <div className={styles.keys}>
        <KeyButton
          className={`${styles.key ?? ''} ${styles.yes ?? ''}`}
          aria-label={say('tally.yes')}
          onPress={done(true)}
        >
          <Check aria-hidden="true" size={32} />
        </KeyButton>
        <KeyButton
          className={`${styles.key ?? ''} ${styles.no ?? ''}`}
          aria-label={say('tally.no')}
          onPress={done(false)}
        >
          <X aria-hidden="true" size={32} />
        </KeyButton>
      </div>
      <div className={styles.foot}>
        {tries.length > 0 ? (
          <Button kind="quiet" onPress={() => setTries(tries.slice(0, -1))}>
            <Undo2 aria-hidden="true" size={18} />
            <T id="tally.back" />
          </Button>
        ) : (
          <Button kind="quiet" onPress={onStop}>
            <T id="dialog.cancel" />
          </Button>
        )}
        <Button disabled={tries.length === 0} onPress={() => onAdd(scored, tries.length)}>
          <T id="tally.add" />
        </Button>
      </div>
    </div>
  );
}
