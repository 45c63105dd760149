// Whether a child is on track, in one plain sentence with the last score beside it. The word comes
// from the core; it is careful, and so is the sentence.
import type { Goal } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';
import { T } from '~/i18n/T.tsx';
import { Ago } from '../words/Ago.tsx';
import { useScore } from '../words/useUnits.ts';
import { scored } from './goals.ts';
import styles from './Outlook.module.css';

const words: Record<string, { id: MessageId; tone: string }> = {
  onTrack: { id: 'outlook.onTrack', tone: 'good' },
  close: { id: 'outlook.close', tone: 'aim' },
  notOnTrack: { id: 'outlook.notOnTrack', tone: 'aim' },
  notEnoughData: { id: 'outlook.notEnoughData', tone: 'plain' },
};

export function Outlook({ goal, name }: { goal: Goal; name: string }) {
  const score = useScore();
  const last = scored(goal).at(-1);
  const word = words[goal.sentence?.key ?? 'notEnoughData'] ?? words['notEnoughData'];
  return (
    <span className={styles.outlook}>
      {word !== undefined && (
        <strong className={styles[word.tone]}>
          <T id={word.id} values={{ name: <bdi>{name}</bdi> }} />
        </strong>
      )}
      {last !== undefined && (
        <span className={styles.last}>
          <T
            id="outlook.last"
            values={{ score: score(last, goal.unit), when: <Ago at={last.at} /> }}
          />
        </span>
      )}
    </span>
  );
}
