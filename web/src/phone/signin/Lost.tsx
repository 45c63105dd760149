// What was on this phone and never reached the school: when, what, and about whom by the first
// letters of the name, so that its owner can write it down again. The letters are not stored.
import type { Session } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { Name } from '../outbox/Name.tsx';
import styles from './Door.module.css';

export function Lost({ lost }: Pick<NonNullable<Session['error']>, 'lost'>) {
  const dates = useDates();
  return (
    <>
      <p>
        <T id="signIn.lost" values={{ count: lost.length }} />
      </p>
      <ul className={styles.lost}>
        {lost.map(({ name, at, initials }, index) => (
          <li key={index}>
            <Name name={name} />
            {initials !== '' && (
              <>
                {' · '}
                <bdi>{initials}</bdi>
              </>
            )}
            {' · '}
            {dates.moment(at)}
          </li>
        ))}
      </ul>
    </>
  );
}
