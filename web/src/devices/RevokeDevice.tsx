// Signs a device out from elsewhere: its copy is destroyed at its next contact, so ask first.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RevokeDeviceDocument, type DeviceRowFragment } from '~/api/schema.ts';
import { useOperation } from '~/api/useOperation.ts';
import { Button } from '~/components/Button.tsx';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { OperationNotices } from '../shell/OperationNotices.tsx';

export function RevokeDevice({ device }: { device: DeviceRowFragment }) {
  const say = useText();
  const tell = useTell();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const revoke = useOperation(RevokeDeviceDocument);
  const confirm = () => {
    revoke.run({ device: device.id }, () => {
      setOpen(false);
      tell({ text: say('devices.revoked', { name: device.name }) });
      void queries.invalidateQueries({ queryKey: ['devices'] });
    });
  };
  return (
    <>
      <Button size="small" kind="danger" onPress={() => setOpen(true)}>
        <T id="devices.revoke" />
        <span className="visually-hidden">{device.name}</span>
      </Button>
      <ConfirmDialog
        title={<T id="devices.revoke.ask" values={{ name: <bdi>{device.name}</bdi> }} />}
        open={open}
        danger
        pending={revoke.pending}
        action={<T id="devices.revoke" />}
        onConfirm={confirm}
        onClose={() => setOpen(false)}
      >
        <p>
          <T id={device.kind === 'PHONE' ? 'devices.revoke.phone' : 'devices.revoke.web'} />
        </p>
        <OperationNotices of={revoke} />
      </ConfirmDialog>
    </>
  );
}
