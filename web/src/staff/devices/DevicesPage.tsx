// Where a person is signed in, and the way to sign a lost phone out from here.
import { useQuery } from '@tanstack/react-query';
import { asFault } from '~/api/fault.ts';
import { request } from '~/api/request.ts';
import { DevicesDocument } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { Skeleton } from '~/components/Skeleton.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import { useTitle } from '../shell/useTitle.ts';
import { DeviceRow } from './DeviceRow.tsx';
import styles from './Devices.module.css';

export function DevicesPage() {
  const say = useText();
  useTitle(say('devices.title'));
  const devices = useQuery({ queryKey: ['devices'], queryFn: () => request(DevicesDocument, {}) });
  const all = devices.data?.viewer?.devices ?? [];
  const active = all.filter(device => device.revokedAt === null);
  const past = all.filter(device => device.revokedAt !== null);

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>
          <T id="devices.title" />
        </h1>
        <p>
          <T id="devices.lead" />
        </p>
      </header>
      {devices.isPending && <Skeleton lines={4} />}
      {devices.isError && (
        <FaultNotice fault={asFault(devices.error)} onRetry={() => void devices.refetch()} />
      )}
      {active.length > 0 && (
        <Card title={<T id="devices.active" />}>
          <List>
            {active.map(device => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </List>
        </Card>
      )}
      {past.length > 0 && (
        <Card title={<T id="devices.past" />}>
          <List>
            {past.map(device => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </List>
        </Card>
      )}
    </div>
  );
}
