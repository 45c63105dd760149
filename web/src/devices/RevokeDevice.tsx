// Signs a device out from elsewhere: its copy is destroyed at its next contact, so ask first.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { useTell } from '~/components/toast/Toasts.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Failed } from '~/passkeys/Failed.tsx';
import type { DeviceProps } from './DeviceRow.tsx';

export function RevokeDevice({ device, devices, onClose }: DeviceProps & { onClose: () => void }) {
  const say = useText();
  const tell = useTell();
  const queries = useQueryClient();
  const revoking = useMutation({
    networkMode: 'always',
    mutationFn: () => devices.revoke(device.id),
    onSuccess: () => {
      onClose();
      tell({ text: say('devices.revoked', { name: device.name }) });
      void queries.invalidateQueries({ queryKey: ['devices'] });
    },
  });
  return (
    <ConfirmDialog
      title={<T id="devices.revoke.ask" values={{ name: <bdi>{device.name}</bdi> }} />}
      open
      danger
      pending={revoking.isPending}
      action={<T id="devices.revoke" />}
      onConfirm={() => revoking.mutate()}
      onClose={onClose}
    >
      <p>
        <T id={device.kind === 'PHONE' ? 'devices.revoke.phone' : 'devices.revoke.web'} />
      </p>
      {revoking.isError && <Failed error={revoking.error} />}
    </ConfirmDialog>
  );
}
