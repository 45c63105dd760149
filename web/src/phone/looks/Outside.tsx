// What of a child's record the school gave to people outside, and who asked for it (34 CFR 99.32).
// The page around it says when there is no network.
import { useEffect } from 'react';
import { asFault } from '~/api/fault.ts';
import { question } from '~/api/question.ts';
import { DisclosuresDocument } from '~/api/schema.ts';
import { List } from '~/components/List.tsx';
import type { Student } from '~/core/face.ts';
import { Disclosed } from '~/disclosures/Disclosed.tsx';
import { useDisclosures } from '~/disclosures/useDisclosures.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useScreen } from '../core/CoreProvider.tsx';
import { useAsk } from '../core/useAsk.ts';
import { nodeOf } from '../words/nodeOf.ts';
import { PASSING } from './useChildsLooks.ts';
import styles from './Looks.module.css';

export function Outside({ child: { student } }: { child: Student }) {
  const say = useText();
  const ask = useAsk();
  const online = useScreen({ screen: 'home' })?.online ?? true;
  const { data, isLoadingError, refetch } = useDisclosures(
    nodeOf('stu', student.agency, student.id),
    variables => question(ask, DisclosuresDocument, variables),
    {
      networkMode: 'always',
      retry: (count, error) => online && count < 2 && PASSING.has(asFault(error).kind),
      retryDelay: 1_500,
    },
  );
  useEffect(() => {
    if (online && isLoadingError) void refetch();
  }, [online]);
  if (data == null) return null;
  return (
    <section className={styles.day}>
      <h2>
        <T id="disclosures.title" />
      </h2>
      <p className={styles.soft}>
        <T id={data.length === 0 ? 'disclosures.empty' : 'disclosures.lead'} />
      </p>
      {data.length > 0 && (
        <div className={styles.card}>
          <List label={say('disclosures.title')}>
            {data.map(entry => (
              <Disclosed
                key={entry.id}
                entry={entry}
                author={entry.recordedBy.name || say('looks.staff')}
              />
            ))}
          </List>
        </div>
      )}
    </section>
  );
}
