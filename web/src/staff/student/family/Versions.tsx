// The versions of a text beside each other, with the words marked that only one of them has.
import type { ConflictCardFragment } from '~/api/schema.ts';
import { ownWords } from '~/components/ownWords.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { letterOf } from './letterOf.ts';
import styles from './Family.module.css';

type Alternatives = ConflictCardFragment['alternatives'];

export function Versions({ alternatives }: { alternatives: Alternatives }) {
  return (
    <div className={styles.versions}>
      {alternatives.map((alternative, index) => (
        <Version
          key={alternative.id}
          letter={letterOf(index)}
          alternative={alternative}
          others={alternatives.filter(other => other !== alternative).map(other => other.value)}
        />
      ))}
    </div>
  );
}

interface VersionProps {
  letter: string;
  alternative: Alternatives[number];
  others: string[];
}

function Version({ letter, alternative, others }: VersionProps) {
  const { timeZone } = useStudentView();
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
        {ownWords(alternative.value, others).map((piece, index) =>
          piece.own ? <mark key={index}>{piece.text}</mark> : piece.text,
        )}
        {alternative.value === '' && (
          <em>
            <T id="conflict.removed" />
          </em>
        )}
      </p>
    </section>
  );
}
