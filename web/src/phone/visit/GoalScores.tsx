// The scores of one goal in this visit: a touch adds one, a touch takes it away again.
import { ChevronDown, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from 'react-aria-components';
import { Badge } from '~/components/Badge.tsx';
import { Button as OurButton } from '~/components/Button.tsx';
import type { Goal } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useTakenScore } from './useTakenScore.ts';
import { measureOf } from './defaults.ts';
import { PartsPad } from './PartsPad.tsx';
import type { Score, Taken } from './taken.ts';
import { ValuePad } from './ValuePad.tsx';
import styles from './GoalScores.module.css';

interface GoalScoresProps {
  goal: Goal;
  taken: readonly Taken[];
  open: boolean;
  onOpen: () => void;
  onAdd: (score: Score) => void;
  onRemove: (key: number) => void;
}

export function GoalScores({ goal, taken, open, onOpen, onAdd, onRemove }: GoalScoresProps) {
  const say = useText();
  const name = useTakenScore(goal.unit);
  const panel = useId();
  const [measure] = useState(() => measureOf(goal));
  return (
    <section className={styles.goal}>
      <h2>
        <Button
          className={styles.head ?? ''}
          aria-expanded={open}
          aria-controls={panel}
          onPress={onOpen}
        >
          <span className={styles.title}>
            {goal.title}
            {taken.length > 0 && (
              <Badge tone="brand">
                <T id="visit.scores" values={{ count: taken.length }} />
              </Badge>
            )}
          </span>
          <ChevronDown aria-hidden="true" className={styles.chevron} />
        </Button>
      </h2>
      <div id={panel} hidden={!open} className={styles.panel}>
        <ul className={styles.taken} aria-label={say('visit.taken')}>
          {taken.map(({ key, point }) => (
            <li key={key}>
              <Button
                className={styles.score ?? ''}
                aria-label={say('visit.remove', { score: name(point) })}
                onPress={() => onRemove(key)}
              >
                {name(point)}
                <X aria-hidden="true" size={16} />
              </Button>
            </li>
          ))}
        </ul>
        <p className="visually-hidden" role="status">
          {taken.length > 0 && <T id="visit.scores" values={{ count: taken.length }} />}
        </p>
        {measure.kind === 'parts' ? (
          <PartsPad possible={measure.possible} onAdd={onAdd} />
        ) : (
          <ValuePad near={measure.near} unit={goal.unit} onAdd={onAdd} />
        )}
        <OurButton kind="quiet" onPress={() => onAdd({ status: 'notOffered' })}>
          <T id="visit.notOffered" />
        </OurButton>
      </div>
    </section>
  );
}
