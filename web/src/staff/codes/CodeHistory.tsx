// The codes that were made for somebody, the newest first: by whom, and what became of each.
import type { CodeFragment } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import styles from './Codes.module.css';

interface CodeHistoryProps {
  codes: readonly CodeFragment[];
  timeZone: string;
}

export function CodeHistory({ codes, timeZone }: CodeHistoryProps) {
  const dates = useDates(timeZone);
  if (codes.length === 0) return null;
  return (
    <section className={styles.history}>
      <h3>
        <T id="entry.codes" />
      </h3>
      <ol reversed>
        {[...codes].reverse().map(code => (
          <li key={code.id}>
            {code.madeBy === null ? (
              <T id="entry.made.server" values={{ when: dates.moment(code.madeAt) }} />
            ) : (
              <T
                id="entry.made"
                values={{ when: dates.moment(code.madeAt), name: <bdi>{code.madeBy.name}</bdi> }}
              />
            )}
            {' · '}
            <Fate code={code} timeZone={timeZone} />
            {code.endsSignIns && (
              <>
                {' · '}
                <T id="entry.ends" />
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Fate({ code, timeZone }: { code: CodeFragment; timeZone: string }) {
  const dates = useDates(timeZone);
  const { usedAt, endedAt, expiresAt } = code;
  if (usedAt !== null) return <T id="entry.used" values={{ when: dates.moment(usedAt) }} />;
  if (endedAt !== null) return <T id="entry.ended" values={{ when: dates.moment(endedAt) }} />;
  const when = dates.dateOf(expiresAt);
  const id = new Date(expiresAt) > new Date() ? 'entry.waits' : 'entry.expired';
  return <T id={id} values={{ when }} />;
}
