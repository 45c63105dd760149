import { Monitor, Smartphone } from 'lucide-react';
import type { DeviceRowFragment } from '~/api/schema.ts';
import { Badge } from '~/components/Badge.tsx';
import { Row } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { useDates } from '~/i18n/useDates.ts';
import { RevokeDevice } from './RevokeDevice.tsx';
import styles from './Devices.module.css';

export function DeviceRow({ device }: { device: DeviceRowFragment }) {
  const dates = useDates();
  const Icon = device.kind === 'PHONE' ? Smartphone : Monitor;
  const ended = device.revokedAt;
  return (
    <Row
      lead={<Icon className={styles.icon} aria-hidden="true" size={22} />}
      end={ended === null && !device.current ? <RevokeDevice device={device} /> : undefined}
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
    </Row>
  );
}
