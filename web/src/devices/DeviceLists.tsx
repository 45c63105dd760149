// Where a person is signed in now, and where they were.
import type { DeviceRowFragment } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import type { Devices } from './Devices.ts';
import { DeviceRow } from './DeviceRow.tsx';

interface DeviceListsProps {
  devices: Devices;
  all: readonly DeviceRowFragment[];
}

export function DeviceLists({ devices, all }: DeviceListsProps) {
  const active = all.filter(device => device.revokedAt === null);
  const past = all.filter(device => device.revokedAt !== null);
  return (
    <>
      {active.length > 0 && (
        <Card title={<T id="devices.active" />}>
          <List>
            {active.map(device => (
              <DeviceRow key={device.id} device={device} devices={devices} />
            ))}
          </List>
        </Card>
      )}
      {past.length > 0 && (
        <Card title={<T id="devices.past" />}>
          <List>
            {past.map(device => (
              <DeviceRow key={device.id} device={device} devices={devices} />
            ))}
          </List>
        </Card>
      )}
    </>
  );
}
