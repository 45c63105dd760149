// The front door: families and providers go to the phone page, staff to the console.
import { GraduationCap, Smartphone } from 'lucide-react';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { T } from '~/i18n/T.tsx';
import styles from './Chooser.module.css';

export function Chooser() {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Wordmark />
        <LanguageSelect />
      </header>
      <main className={styles.main}>
        <p className={styles.promise}>
          <T id="app.promise" />
        </p>
        <h1>
          <T id="chooser.title" />
        </h1>
        <nav className={styles.doors}>
          <a className={styles.door} href="/phone/">
            <Smartphone aria-hidden="true" />
            <strong>
              <T id="chooser.phone" />
            </strong>
            <span>
              <T id="chooser.phone.who" />
            </span>
          </a>
          <a className={styles.door} href="/staff/">
            <GraduationCap aria-hidden="true" />
            <strong>
              <T id="chooser.staff" />
            </strong>
            <span>
              <T id="chooser.staff.who" />
            </span>
          </a>
        </nav>
      </main>
    </div>
  );
}
