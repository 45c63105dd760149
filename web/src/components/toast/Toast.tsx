import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '~/i18n/useText.ts';
import styles from './Toasts.module.css';

export interface ToastContent {
  text: string;
  tone?: 'good' | 'bad';
  action?: { text: string; do: () => void };
}

const shownFor = 10_000;

export function Toast({
  text,
  tone = 'good',
  action,
  onDismiss,
}: ToastContent & { onDismiss: () => void }) {
  const say = useText();
  const [held, setHeld] = useState(false);
  const stays = held || action !== undefined || tone === 'bad';
  const leave = useEffectEvent(onDismiss);
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => leave(), shownFor);
    return () => clearTimeout(timer);
  }, [stays]);

  const Icon = tone === 'good' ? CircleCheck : CircleAlert;
  const hold = {
    onMouseEnter: () => setHeld(true),
    onMouseLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: () => setHeld(false),
  };
  return (
    <div className={styles.toast} data-tone={tone} {...hold}>
      <Icon aria-hidden="true" size={20} />
      <span className={styles.text}>{text}</span>
      {action !== undefined && (
        <AriaButton
          className={styles.action ?? ''}
          onPress={() => {
            action.do();
            onDismiss();
          }}
        >
          {action.text}
        </AriaButton>
      )}
      <AriaButton
        className={styles.close ?? ''}
        aria-label={say('toast.dismiss')}
        onPress={onDismiss}
      >
        <X aria-hidden="true" size={18} />
      </AriaButton>
    </div>
  );
}
