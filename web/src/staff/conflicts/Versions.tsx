// The versions of a text beside each other, with the words marked that only one of them has.
import type { ConflictCardFragment } from '~/api/schema.ts';
import { ownWords } from '~/components/ownWords.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useAuthorName } from '../student/useAuthorName.ts';
import { letterOf } from './letterOf.ts';
import { useSaid } from './useSaid.ts';
import styles from './Conflicts.module.css';

type Alternatives = ConflictCardFragment['alternatives'];

interface VersionsProps {
  field: string;
  alternatives: Alternatives;
  timeZone: string;
}

export function Versions({ field, alternatives, timeZone }: VersionsProps) {
  const said = useSaid(timeZone);
  const words = alternatives.map(({ value }) => said(field, value));
  return (
    <div className={styles.versions}>
      {alternatives.map((alternative, index) => (
        <Version
          key={alternative.id}
          letter={letterOf(index)}
          alternative={alternative}
          words={words[index] ?? ''}
          others={words.filter((_, other) => other !== index)}
          timeZone={timeZone}
        />
      ))}
    </div>
  );
}

interface VersionProps {
  letter: string;
  alternative: Alternatives[number];
  words: string;
  others: string[];
  timeZone: string;
}

function Version({ letter, alternative, words, others, timeZone }: VersionProps) {
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const values = {
    letter,
    name: <bdi>{author(alternative.by)}</bdi>,
    at: dates.moment(alternative.at),
  };
  return (
    <section className={styles.version}>
      <h3>
        <T id="conflict.version" values={values} />
      </h3>
      <p className={styles.when}>
        <T id="conflict.written" values={values} />
      </p>
      <p className={styles.text} dir="auto">
        {ownWords(words, others).map((piece, index) =>
          piece.own ? <mark key={index}>{piece.text}</mark> : piece.text,
        )}
        {words === '' && (
          <em>
            <T id="conflict.removed" />
          </em>
        )}
      </p>
    </section>
  );
}
