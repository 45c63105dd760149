// One version of a text: who wrote it, when, what, and where it differs from the one beside it.
import { Button } from '~/components/Button.tsx';
import { ownWords } from '~/components/ownWords.ts';
import type { Alternative } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useText } from '~/i18n/useText.ts';
import styles from './ConflictChoice.module.css';

interface VersionProps {
  version: Alternative;
  beside?: Alternative | undefined;
  onKeep: () => void;
}

export function Version({ version, beside, onKeep }: VersionProps) {
  const say = useText();
  const dates = useDates();
  const pieces = ownWords(version.value, beside === undefined ? [] : [beside.value]);
  return (
    <article className={styles.version}>
      <header>
        <strong>
          <bdi>{version.by.name}</bdi>
        </strong>
        <span className={styles.when}>{dates.moment(version.at)}</span>
      </header>
      <p dir="auto" className={styles.text}>
        {pieces.map(({ text, own }, index) =>
          own ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
        )}
        {version.value === '' && <T id="conflict.empty" />}
      </p>
      <Button onPress={onKeep}>{say('conflict.keep', { name: firstName(version.by.name) })}</Button>
    </article>
  );
}

function firstName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}
