// One choice that was made: who chose what and when, and between which versions. While it stands it
// can be taken back.
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SettledCardFragment } from '~/api/schema.ts';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import { useAuthorName } from '../student/useAuthorName.ts';
import type { Disputed } from './ConflictDialog.tsx';
import { nameOf } from './fields.ts';
import { useSaid } from './useSaid.ts';
import { Versions } from './Versions.tsx';
import { Which } from './Which.tsx';
import styles from './Conflicts.module.css';

export type OnUndo = (conflict: Disputed, choice: string) => void;

interface ChoiceProps {
  choice: SettledCardFragment;
  /** Whom it is about, where that is not said above. */
  about?: ReactNode;
  timeZone: string;
  onUndo: OnUndo;
}

export function Choice({ choice, about, timeZone, onUndo }: ChoiceProps) {
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const said = useSaid(timeZone);
  const say = useText();
  const { conflict, field, about: which, base, alternatives } = choice;
  const { chosen, settledBy, settledAt, stoodUntil } = choice;
  const what = say(nameOf(field));
  const stands = stoodUntil === null;
  const undo = () =>
    onUndo({ id: conflict, field, about: which, base, alternatives }, choice.choice);
  return (
    <Row
      end={
        stands && choice.mayChoose ? (
          <Button size="small" onPress={undo}>
            <Undo2 aria-hidden="true" size={18} />
            <T id="undo" />
            <span className="visually-hidden">{what}</span>
          </Button>
        ) : undefined
      }
    >
      {about}
      <strong>{what}</strong>
      <Which about={which} timeZone={timeZone} />
      <p className={styles.text} dir="auto">
        {chosen === '' ? <T id="conflict.removed" /> : said(field, chosen)}
      </p>
      <p className={styles.when}>
        <T
          id="conflict.chosen"
          values={{ name: <bdi>{author(settledBy)}</bdi>, at: dates.moment(settledAt) }}
        />{' '}
        {!stands && <T id="conflict.over" values={{ at: dates.moment(stoodUntil) }} />}
      </p>
      <details className={styles.between}>
        <summary>
          <T id="conflict.between" values={{ count: alternatives.length }} />
        </summary>
        <Versions field={field} alternatives={alternatives} timeZone={timeZone} />
      </details>
    </Row>
  );
}
