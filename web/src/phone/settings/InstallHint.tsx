// Puts Aimline on the home screen: by a button where the browser offers one, else by words.
import { useSyncExternalStore } from 'react';
import { Button } from '~/components/Button.tsx';
import { T } from '~/i18n/T.tsx';
import { installOffer } from './installOffer.ts';
import styles from './SettingsPage.module.css';

export function InstallHint() {
  const offer = useSyncExternalStore(installOffer.subscribe, installOffer.current);
  if (matchMedia('(display-mode: standalone)').matches) return null;
  return offer === null ? (
    <p className={styles.soft}>
      <T id="settings.install.how" />
    </p>
  ) : (
    <Button onPress={() => void offer.prompt()}>
      <T id="settings.install" />
    </Button>
  );
}
