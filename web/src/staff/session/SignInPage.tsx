// The door of the staff console: with a password, or for the first time with a code.
import { Link, useMatch } from 'react-router';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { ThemeSelect } from '~/components/ThemeSelect.tsx';
import { Wordmark } from '~/components/Wordmark.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useTitle } from '../shell/useTitle.ts';
import { RedeemForm } from './RedeemForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import { SignInPicture } from './SignInPicture.tsx';
import styles from './SignIn.module.css';

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const say = useText();
  const first = useMatch('/redeem') !== null;
  useTitle(say(first ? 'redeem.title' : 'signIn.title'));
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
              <T id={first ? 'redeem.title' : 'signIn.title'} />
            </h1>
            <p>
              <T id={first ? 'redeem.lead' : 'signIn.lead'} />
            </p>
          </div>
          {first ? <RedeemForm onSignedIn={onSignedIn} /> : <SignInForm onSignedIn={onSignedIn} />}
          <p className={styles.help}>
            <Link to={first ? '/' : '/redeem'}>
              <T id={first ? 'redeem.back' : 'redeem.have'} />
            </Link>
          </p>
          <p className={styles.help}>
            <T id="signIn.help" />
          </p>
        </main>
      </div>
    </div>
  );
}
