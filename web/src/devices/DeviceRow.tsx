// One place where a person is or was signed in: its name, when it was last heard of, and its end.
import { Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import type { DeviceRowFragment } from '~/api/schema.ts';
import { Actions } from '~/components/Actions.tsx';
import { Badge } from '~/components/Badge.tsx';
import { Button } from '~/components/Button.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import type { Devices } from './Devices.ts';
import { RenameDevice } from './RenameDevice.tsx';
import { RevokeDevice } from './RevokeDevice.tsx';
import styles from './Devices.module.css';

export interface DeviceProps {
  device: DeviceRowFragment;
  devices: Devices;
}

export function DeviceRow({ device, devices }: DeviceProps) {
  const dates = useDates();
  const [doing, setDoing] = useState<'rename' | 'revoke'>();
  const stop = () => setDoing(undefined);
  const Icon = device.kind === 'PHONE' ? Smartphone : Monitor;
  const ended = device.revokedAt;
  const actions = (
    <Actions>
      <Button size="small" onPress={() => setDoing('rename')}>
        <T id="devices.rename" />
        <span className="visually-hidden">{device.name}</span>
      </Button>
      {!device.current && (
        <Button size="small" kind="danger" onPress={() => setDoing('revoke')}>
          <T id="devices.revoke" />
          <span className="visually-hidden">{device.name}</span>
        </Button>
      )}
    </Actions>
  );
  return (
    <Row
      lead={<Icon className={styles.icon} aria-hidden="true" size={22} />}
      end={ended === null ? actions : undefined}
    >
      <span className={styles.name}>
        <bdi>{device.name}</bdi>
        {device.current && (
          <Badge tone="good">
            <T id="devices.current" />
          </Badge>
        )}
      </span>
      <span className={styles.facts}>
        {ended === null ? (
          <T
            id="devices.seen"
            values={{
              seen: dates.moment(device.lastSeenAt),
              since: dates.dateOf(device.createdAt),
            }}
          />
        ) : (
          <T id="devices.ended" values={{ ended: dates.moment(ended) }} />
        )}
      </span>
      {doing === 'rename' && <RenameDevice device={device} devices={devices} onClose={stop} />}
      {doing === 'revoke' && <RevokeDevice device={device} devices={devices} onClose={stop} />}
    </Row>
  );
}
