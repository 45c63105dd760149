// The end of a passkey: it opens nothing from then on, so ask first.
import { ConfirmDialog } from '~/components/ConfirmDialog.tsx';
import { T } from '~/i18n/T.tsx';
import type { PasskeyProps } from './PasskeyRow.tsx';
import { useChange, Wrong } from './useChange.tsx';

export function RemovePasskey({ passkey, keys, ...then }: PasskeyProps & { onClose: () => void }) {
  const change = useChange(() => keys.remove(passkey.id), then);
  return (
    <ConfirmDialog
      title={<T id="passkey.remove.ask" values={{ name: <bdi>{passkey.name}</bdi> }} />}
      open
      danger
      pending={change.isPending}
      action={<T id="passkey.remove" />}
      onConfirm={() => change.mutate()}
      onClose={then.onClose}
    >
      <p>
        <T id="passkey.remove.what" />
      </p>
      <Wrong of={change} />
    </ConfirmDialog>
  );
}
