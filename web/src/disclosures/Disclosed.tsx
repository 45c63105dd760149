// One entry in plain words: who outside, what they got or asked for, what for, and why they may have it.
// What was wrong stays, and says that another entry stands instead.
import type { ReactNode } from 'react';
import type { DisclosureFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import styles from './Disclosed.module.css';

interface DisclosedProps {
  entry: DisclosureFragment;
  /** The name of whoever wrote it down. */
  author: string;
  /** What its reader may do about it. */
  children?: ReactNode;
}

export function Disclosed({ entry, author, children }: DisclosedProps) {
  const dates = useDates();
  const { act, party, interest, basis, rule, paper, threat, what } = entry;
  const said = (id: Parameters<typeof T>[0]['id'], text: string | null) =>
    text !== null && (
      <p>
        <T id={id} values={{ text: <bdi>{text}</bdi> }} />
      </p>
    );
  return (
    <Row>
      <div className={styles.head} data-wrong={entry.correctedBy !== null || undefined}>
        <strong>{act === 'MISTAKEN' ? <T id="disclosure.mistake" /> : <bdi>{party}</bdi>}</strong>
        {act === 'REQUESTED' && (
          <Badge>
            <T id="disclosure.refused" />
          </Badge>
        )}
        {entry.correctedBy !== null && (
          <Badge tone="bad">
            <T id="disclosure.corrected" />
          </Badge>
        )}
        {entry.corrects !== null && act !== 'MISTAKEN' && (
          <Badge tone="aim">
            <T id="disclosure.corrects" />
          </Badge>
        )}
      </div>
      <time className={styles.soft} dateTime={entry.on}>
        {dates.day(entry.on)}
      </time>
      {said(`disclosure.what.${act}`, what)}
      {act !== 'MISTAKEN' && said('disclosure.interest', interest)}
      {basis !== null && rule !== null && (
        <p>
          <T
            id="disclosure.why"
            values={{ basis: <T id={`disclosure.basis.${basis}`} />, rule: <bdi>{rule}</bdi> }}
          />
        </p>
      )}
      {said('disclosure.paper', paper)}
      {said('disclosure.threat', threat)}
      <p className={styles.soft}>
        <T id="disclosure.by" values={{ name: <bdi>{author}</bdi> }} />
      </p>
      {children}
    </Row>
  );
}
