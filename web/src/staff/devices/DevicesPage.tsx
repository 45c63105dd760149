// Where a person is signed in, the way to sign a lost phone out from here, and their passkeys.
import { useQuery } from '@tanstack/react-query';
import { Devices } from '~/devices/Devices.ts';
import { DeviceLists } from '~/devices/DeviceLists.tsx';
import { Keys } from '~/passkeys/keys.ts';
import { Passkeys } from '~/passkeys/Passkeys.tsx';
import { Sheet } from '../shell/Sheet.tsx';
import { ask } from './ask.ts';

const devices = new Devices(ask);
const keys = new Keys(ask);

export function DevicesPage() {
  const all = useQuery({ queryKey: ['devices'], queryFn: () => devices.list() });
  return (
    <Sheet about="devices" query={all}>
      <DeviceLists devices={devices} all={all.data ?? []} />
      <Passkeys keys={keys} />
    </Sheet>
  );
}
