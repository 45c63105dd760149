// So many of so many: one touch when the count is known, or counted try by try while watching.
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { NumberGrid } from './NumberGrid.tsx';
import { NumberEntry } from './NumberEntry.tsx';
import { StepButton } from './StepButton.tsx';
import { Tally } from './Tally.tsx';
import type { Score } from './taken.ts';
import styles from './PartsPad.module.css';

// More than these fit on no thumb; beyond, the number is typed.
const MOST_BUTTONS = 20;

interface PartsPadProps {
  possible: number;
  onAdd: (score: Score) => void;
}

export function PartsPad({ possible: usual, onAdd }: PartsPadProps) {
  const say = useText();
  const [possible, setPossible] = useState(usual);
  const [counting, setCounting] = useState(false);
  const add = (scored: number) => onAdd({ status: 'scored', scored, possible });
  if (counting)
    return (
      <Tally
        onAdd={(scored, tries) => {
          onAdd({ status: 'scored', scored, possible: tries });
          setCounting(false);
        }}
        onStop={() => setCounting(false)}
      />
    );
  return (
    <>
      {possible <= MOST_BUTTONS ? (
        <NumberGrid
          label={say('visit.howMany', { possible })}
          numbers={Array.from({ length: possible + 1 }, (_, index) => index)}
          onPick={add}
        />
      ) : (
        <NumberEntry label={say('visit.howMany', { possible })} most={possible} onAdd={add} />
      )}
      <div className={styles.foot}>
        <div className={styles.possible} role="group" aria-label={say('visit.outOf')}>
          <span aria-hidden="true">
            <T id="visit.outOf" />
          </span>
          <StepButton
            label={say('visit.fewer')}
            disabled={possible <= 1}
            onPress={() => setPossible(possible - 1)}
          >
            <Minus aria-hidden="true" />
          </StepButton>
          <output className={styles.number}>{possible}</output>
          <StepButton label={say('visit.more')} onPress={() => setPossible(possible + 1)}>
            <Plus aria-hidden="true" />
          </StepButton>
        </div>
        <Button kind="quiet" size="small" onPress={() => setCounting(true)}>
          <T id="visit.count" />
        </Button>
      </div>
    </>
  );
}
