// What stands in the list and what does not (34 CFR 99.32), and whom to ask. A phone that holds the
// record is not asked each time somebody reads on it, so the list says that it cannot know.
import type { Student } from '~/core/face.ts';
import { T } from '~/i18n/T.tsx';
import styles from './Looks.module.css';

export function About({ child: { student, team } }: { child: Student }) {
  const name = student.givenName;
  const manager = team.find(({ role }) => role === 'case_manager');
  return (
    <div className={styles.about}>
      <p>
        <T id="looks.lead" values={{ name }} />
      </p>
      <p>
        {manager === undefined ? (
          <T id="looks.ask.school" />
        ) : (
          <T id="looks.ask.manager" values={{ manager: <bdi>{manager.name}</bdi> }} />
        )}
      </p>
      <details className={styles.more}>
        <summary>
          <T id="looks.not" />
        </summary>
        <ul>
          <li>
            <T id="looks.not.phones" values={{ name }} />
          </li>
          <li>
            <T id="looks.not.outside" />
          </li>
          <li>
            <T id="looks.not.family" />
          </li>
        </ul>
      </details>
    </div>
  );
}
