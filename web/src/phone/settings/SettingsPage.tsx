// How this phone looks and speaks, what it keeps, who uses it, and the way out.
import { useNavigate } from 'react-router';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { LanguageSelect } from '~/components/LanguageSelect.tsx';
import { ThemeSelect } from '~/components/ThemeSelect.tsx';
import { T } from '~/i18n/T.tsx';
import { Passkeys } from '~/passkeys/Passkeys.tsx';
import { useScreen } from '../core/CoreProvider.tsx';
import { useKeys } from '../core/useKeys.ts';
import { Screen } from '../frame/Screen.tsx';
import { LockCard } from '../lock/LockCard.tsx';
import { Records } from './Records.tsx';
import { InstallHint } from './InstallHint.tsx';
import { MyDevices } from './MyDevices.tsx';
import { SignOut } from './SignOut.tsx';
import { Storage } from './Storage.tsx';
import styles from './SettingsPage.module.css';

export function SettingsPage() {
  const session = useScreen({ screen: 'session' });
  const go = useNavigate();
  const keys = useKeys();
  return (
    <Screen title={<T id="tabs.settings" />} under={session?.account?.name}>
      <Card title={<T id="settings.look" />}>
        <div className={styles.choices}>
          <LanguageSelect />
          <ThemeSelect />
        </div>
      </Card>
      <Card title={<T id="settings.phone" />}>
        <Storage />
        <InstallHint />
      </Card>
      <LockCard />
      {session?.state === 'ready' && (
        <>
          <Passkeys keys={keys} />
          <MyDevices />
        </>
      )}
      <Records />
      <Card title={<T id="settings.child" />} note={<T id="settings.child.why" />}>
        <Button onPress={() => void go('/add')}>
          <T id="signIn.haveCode" />
        </Button>
      </Card>
      <Card title={<T id="settings.people" />} note={<T id="settings.people.why" />}>
        {session && session.others.length > 0 && (
          <p>
            <T id="signIn.others" values={{ count: session.others.length }} />
          </p>
        )}
        <SignOut />
      </Card>
      <p className={styles.version}>
        <T id="settings.version" values={{ version: __BUILD__ }} />
      </p>
    </Screen>
  );
}
