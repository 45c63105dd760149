// Changes a passkey, and says what stood in the way.
import { useMutation } from '@tanstack/react-query';
import type { PasskeyRowFragment } from '~/api/schema.ts';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { Failed } from './Failed.tsx';
import type { Keys } from './keys.ts';

type Came = Awaited<ReturnType<Keys['remove']>>;

interface Then {
  onChanged: (passkeys: PasskeyRowFragment[]) => void;
  onClose: () => void;
}

export function useChange(change: () => Promise<Came>, { onChanged, onClose }: Then) {
  return useMutation({
    networkMode: 'always',
    mutationFn: change,
    onSuccess: ({ passkeys, userErrors }) => {
      onChanged(passkeys);
      if (userErrors.length === 0) onClose();
    },
  });
}

export function Wrong({ of }: { of: { error: Error | null; data: Came | undefined } }) {
  const last = of.data?.userErrors.some(({ code }) => code === 'LAST_WAY_IN') ?? false;
  const wrong = (of.data?.userErrors.length ?? 0) > 0;
  return (
    <>
      {of.error !== null && <Failed error={of.error} />}
      {wrong && (
        <Notice tone="bad">
          <T id={last ? 'passkey.last' : 'passkey.name.wrong'} />
        </Notice>
      )}
    </>
  );
}
