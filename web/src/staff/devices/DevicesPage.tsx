// Where a person is signed in, the way to sign a lost phone out from here, and their passkeys.
import { useQuery } from '@tanstack/react-query';
import { request } from '~/api/request.ts';
import { DevicesDocument } from '~/api/schema.ts';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { T } from '~/i18n/T.tsx';
import { Passkeys } from '~/passkeys/Passkeys.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { DeviceRow } from './DeviceRow.tsx';
import { keys } from './keys.ts';

export function DevicesPage() {
  const devices = useQuery({ queryKey: ['devices'], queryFn: () => request(DevicesDocument, {}) });
  const all = devices.data?.viewer?.devices ?? [];
  const active = all.filter(device => device.revokedAt === null);
  const past = all.filter(device => device.revokedAt !== null);

  return (
    <Sheet about="devices" query={devices}>
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
      <Passkeys keys={keys} />
    </Sheet>
  );
}
