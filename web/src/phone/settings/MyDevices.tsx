// Where else the person of this copy is signed in: for the day on which one of those is lost.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Card } from '~/components/Card.tsx';
import { List } from '~/components/List.tsx';
import { DeviceRow } from '~/devices/DeviceRow.tsx';
import { Devices } from '~/devices/Devices.ts';
import { T } from '~/i18n/T.tsx';
import { Failed } from '~/passkeys/Failed.tsx';
import { useAsk } from '../core/useAsk.ts';

export function MyDevices() {
  const ask = useAsk();
  const devices = useMemo(() => new Devices(ask), [ask]);
  const all = useQuery({ queryKey: ['devices'], queryFn: () => devices.list() });
  const known = all.data ?? [];
  const here = known.filter(device => device.revokedAt === null);
  const ended = known.filter(device => device.revokedAt !== null);
  return (
    <Card title={<T id="devices.title" />} note={<T id="devices.why" />}>
      {all.isError && <Failed error={all.error} />}
      {known.length > 0 && (
        <List>
          {[...here, ...ended].map(device => (
            <DeviceRow key={device.id} device={device} devices={devices} />
          ))}
        </List>
      )}
    </Card>
  );
}
