// One passkey: what its owner calls it, when it was used, another name for it, and its end.
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { PasskeyRowFragment } from '~/api/schema.ts';
import { Actions } from '~/components/Actions.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import type { Keys } from './keys.ts';
import { RemovePasskey } from './RemovePasskey.tsx';
import { RenamePasskey } from './RenamePasskey.tsx';
import styles from './Passkeys.module.css';

export interface PasskeyProps {
  passkey: PasskeyRowFragment;
  keys: Keys;
  onChanged: (passkeys: PasskeyRowFragment[]) => void;
}

export function PasskeyRow(props: PasskeyProps) {
  const { name, createdAt, lastUsedAt } = props.passkey;
  const dates = useDates();
  const [doing, setDoing] = useState<'rename' | 'remove'>();
  const made = dates.dateOf(createdAt);
  const stop = () => setDoing(undefined);
  return (
    <Row
      lead={<KeyRound className={styles.icon} aria-hidden="true" size={22} />}
      end={
        <Actions>
          <Button size="small" onPress={() => setDoing('rename')}>
            <T id="passkey.rename" />
            <span className="visually-hidden">{name}</span>
          </Button>
          <Button size="small" kind="danger" onPress={() => setDoing('remove')}>
            <T id="passkey.remove" />
            <span className="visually-hidden">{name}</span>
          </Button>
        </Actions>
      }
    >
      <bdi className={styles.title}>{name}</bdi>
      <span className={styles.facts}>
        {lastUsedAt === null ? (
          <T id="passkey.made" values={{ made }} />
        ) : (
          <T id="passkey.used" values={{ made, used: dates.moment(lastUsedAt) }} />
        )}
      </span>
      {doing === 'rename' && <RenamePasskey {...props} onClose={stop} />}
      {doing === 'remove' && <RemovePasskey {...props} onClose={stop} />}
    </Row>
  );
}
