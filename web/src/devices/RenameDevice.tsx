// Another name for a device.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '~/components/Button.tsx';
import { Dialog } from '~/components/Dialog.tsx';
import { TextField } from '~/components/TextField.tsx';
import { T } from '~/i18n/T.tsx';
import { useText } from '~/i18n/useText.ts';
import { Failed } from '~/passkeys/Failed.tsx';
import type { DeviceProps } from './DeviceRow.tsx';
import styles from './Devices.module.css';

const LONGEST = 100;

export function RenameDevice({ device, devices, onClose }: DeviceProps & { onClose: () => void }) {
  const say = useText();
  const queries = useQueryClient();
  const [name, setName] = useState(device.name);
  const renaming = useMutation({
    networkMode: 'always',
    mutationFn: () => devices.rename(device.id, name),
    onSuccess: taken => {
      if (!taken) return;
      onClose();
      void queries.invalidateQueries({ queryKey: ['devices'] });
    },
  });
  return (
    <Dialog title={<T id="devices.rename.title" />} open onClose={onClose}>
      <form
        className={styles.rename}
        onSubmit={event => {
          event.preventDefault();
          renaming.mutate();
        }}
      >
        {renaming.isError && <Failed error={renaming.error} />}
        <TextField
          label={say('devices.name')}
          error={renaming.data === false ? say('devices.name.wrong') : undefined}
          isRequired
          maxLength={LONGEST}
          value={name}
          onChange={setName}
        />
        <Button type="submit" kind="primary" wide pending={renaming.isPending}>
          <T id="devices.save" />
        </Button>
      </form>
    </Dialog>
  );
}
