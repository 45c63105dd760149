// What it was, who wrote it and when, why it was not taken; and its words, where only the school
// has them now.
import type { NotReceivedFragment } from '~/api/schema.ts';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { useNamed } from '~/i18n/useNamed.ts';
import { useStudentView } from '../StudentContext.ts';
import { useAuthorName } from '../useAuthorName.ts';
import { why } from './why.ts';
import styles from './NotReceived.module.css';

export function NotReceivedRow({ one }: { one: NotReceivedFragment }) {
  const { timeZone, fresh } = useStudentView();
  const dates = useDates(timeZone);
  const author = useAuthorName();
  const what = useNamed('did');
  const service = useNamed('service');
  const { writtenAt, receivedAt, startedAt, words } = one;
  return (
    <Row fresh={fresh.has(one.id)}>
      <strong>{what(one.what)}</strong>
      {one.service !== null && startedAt !== null && (
        <span>
          {service(one.service)}, {dates.moment(startedAt)}
        </span>
      )}
      <span className={styles.facts}>
        <T
          id="lost.written"
          values={{
            name: <bdi>{author(one.by)}</bdi>,
            written: dates.moment(writtenAt),
            received: dates.moment(receivedAt),
          }}
        />
      </span>
      <span>
        <T id={why[one.code]} />
      </span>
      {words !== null && words !== '' && (
        <>
          <span className={styles.facts}>
            <T id="lost.words" />
          </span>
          <p className={styles.words} dir="auto">
            {words}
          </p>
        </>
      )}
    </Row>
  );
}
