// A number near the last one in one touch, or any other one typed.
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useUnit } from '../words/useUnits.ts';
import { NumberEntry } from './NumberEntry.tsx';
import { NumberGrid } from './NumberGrid.tsx';
import type { Score } from './taken.ts';

interface ValuePadProps {
  near: readonly number[];
  unit: string;
  onAdd: (score: Score) => void;
}

export function ValuePad({ near, unit, onAdd }: ValuePadProps) {
  const say = useText();
  const label = useUnit()(unit);
  const [typing, setTyping] = useState(false);
  const add = (value: number) => onAdd({ status: 'scored', value });
  return (
    <>
      <NumberGrid label={label} numbers={near} onPick={add} />
      {typing ? (
        <NumberEntry label={say('visit.number')} onAdd={add} />
      ) : (
        <Button kind="quiet" onPress={() => setTyping(true)}>
          <T id="visit.otherNumber" />
        </Button>
      )}
    </>
  );
}
