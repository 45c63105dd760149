// Jumps to the parts of a long page.
import type { StudentAction } from '~/api/schema.ts';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useStudentView } from './StudentContext.ts';
import styles from './Student.module.css';

export const sections = [
  'goals',
  'visits',
  'meetings',
  'attempts',
  'family',
  'requests',
  'contacts',
  'team',
  'looks',
  'disclosures',
  'retention',
] as const;

/** Parts that not every reader may see. */
const needs: Partial<Record<(typeof sections)[number], StudentAction>> = {
  goals: 'SEE_GOALS',
  visits: 'SEE_VISITS',
  meetings: 'SEE_MEETINGS',
  attempts: 'LOG_ATTEMPT',
  family: 'SEE_STATEMENT',
  requests: 'SEE_REQUESTS',
  contacts: 'SEE_CONTACTS',
  looks: 'SEE_ACCESS_LOG',
  disclosures: 'SEE_DISCLOSURES',
  retention: 'RETAIN',
};

export function SectionNav() {
  const say = useText();
  const { student } = useStudentView();
  const seen = (section: (typeof sections)[number]) => {
    const need = needs[section];
    return need === undefined || student.can.includes(need);
  };
  return (
    <nav className={styles.sections} aria-label={say('student.sections')}>
      {sections.filter(seen).map(section => (
        <a key={section} href={`#${section}`}>
          <T id={`section.${section}`} />
        </a>
      ))}
    </nav>
  );
}
