// The list, or more of it, could not be had: why, what to do next, and that all else goes on.
import type { Fault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';

interface NotReadProps {
  fault: Fault;
  pending: boolean;
  onRetry: () => void;
}

export function NotRead({ fault: { kind, requestId }, pending, onRetry }: NotReadProps) {
  const offline = kind === 'offline';
  return (
    <Notice
      tone={offline ? 'aim' : 'bad'}
      title={<T id={offline ? 'looks.offline' : `fault.${kind}`} />}
      action={
        <Button pending={pending} onPress={onRetry}>
          <T id="fault.retry" />
        </Button>
      }
    >
      <T id={offline ? 'looks.offline.why' : `fault.${kind}.next`} />
      {requestId !== undefined && (
        <p>
          <T id="fault.number" values={{ number: requestId }} />
        </p>
      )}
    </Notice>
  );
}
