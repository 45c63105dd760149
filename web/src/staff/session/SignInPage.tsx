// The door of the staff console.
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { ThemeSelect } from '~/components/ThemeSelect.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useTitle } from '../shell/useTitle.ts';
import { SignInForm } from './SignInForm.tsx';
import { SignInPicture } from './SignInPicture.tsx';
import styles from './SignIn.module.css';

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  useTitle(say('signIn.title'));
  return (
    <div className={styles.page}>
      <aside className={styles.picture} aria-hidden="true">
        <SignInPicture />
        <p>
          <T id="app.promise" />
        </p>
      </aside>
      <div className={styles.side}>
        <header className={styles.bar}>
          <a href="/" className={styles.home}>
            <Wordmark />
          </a>
          <div className={styles.choices}>
            <LanguageSelect />
            <ThemeSelect />
          </div>
        </header>
        <main className={styles.main}>
          <div className={styles.words}>
            <h1>
              <T id="signIn.title" />
            </h1>
            <p>
              <T id="signIn.lead" />
            </p>
          </div>
          <SignInForm onSignedIn={onSignedIn} />
          <p className={styles.help}>
            <T id="signIn.help" />
          </p>
        </main>
      </div>
    </div>
  );
}
