// Jumps to the parts of a long page.
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import styles from './Student.module.css';

export const sections = ['goals', 'visits', 'meetings', 'family', 'contacts', 'team'] as const;

export function SectionNav() {
  const say = useText();
  return (
    <nav className={styles.sections} aria-label={say('student.sections')}>
      {sections.map(section => (
        <a key={section} href={`#${section}`}>
          <T id={`section.${section}`} />
        </a>
      ))}
    </nav>
  );
}
