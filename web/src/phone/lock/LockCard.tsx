// How the copy on this phone is locked: by a PIN or not, and after how long.
import { useState } from 'react';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Card } from '~/components/Card.tsx';
import { Select } from '~/components/Select.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { useCore, useScreen } from '../core/CoreProvider.tsx';
import { PinDialog, type PinDeed } from './PinDialog.tsx';

/** Minutes. */
const AFTER = ['1', '5', '15', '60'] as const;

export function LockCard() {
  const core = useCore();
  const say = useText();
  const guard = useScreen({ screen: 'session' })?.account?.guard;
  const [deed, setDeed] = useState<PinDeed | null>(null);
  if (guard === undefined) return null;
  const { pin, idle } = guard;
  return (
    <Card title={<T id="lock.settings" />} note={<T id={pin ? 'lock.on' : 'lock.off'} />}>
      {pin && (
        <Select
          label={say('lock.after')}
          value={AFTER.find(minutes => Number(minutes) >= idle) ?? '60'}
          options={AFTER.map(value => ({
            value,
            text: say('lock.minutes', { count: Number(value) }),
          }))}
          onChange={minutes => void core.guard({ of: 'idle', minutes: Number(minutes) })}
        />
      )}
      <Actions>
        {pin && (
          <Button onPress={() => setDeed('remove')}>
            <T id="lock.remove" />
          </Button>
        )}
        <Button onPress={() => setDeed(pin ? 'change' : 'choose')}>
          <T id={pin ? 'lock.change' : 'lock.choose'} />
        </Button>
      </Actions>
      {deed !== null && <PinDialog deed={deed} onClose={() => setDeed(null)} />}
    </Card>
  );
}
