// The quick way out, on every page: locks at once. Without a PIN it signs out, and what is not sent
// stays closed on this phone until its owner signs in again.
import { LockKeyhole, LogOut } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import styles from './Screen.module.css';

export function LeaveButton() {
  const core = useCore();
  const say = useText();
  const guard = useScreen({ screen: 'session' })?.account?.guard;
  if (guard === undefined) return null;
  const Icon = guard.pin ? LockKeyhole : LogOut;
  return (
    <Button
      className={styles.leave ?? ''}
      aria-label={say(guard.pin ? 'lock.quick' : 'lock.leave')}
      onPress={() => void core.guard({ of: 'leave' })}
    >
      <Icon aria-hidden="true" />
    </Button>
  );
}
