// Says what went wrong and what to do next.
import type { Fault } from '~/api/fault.ts';
import { Button } from '~/components/Button.tsx';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';

export function FaultNotice({ fault, onRetry }: { fault: Fault; onRetry?: () => void }) {
  const action =
    fault.kind === 'update' ? (
      <Button size="small" onPress={() => location.reload()}>
        <T id="fault.reload" />
      </Button>
    ) : (
      onRetry !== undefined && (
        <Button size="small" onPress={onRetry}>
          <T id="fault.retry" />
        </Button>
      )
    );
  return (
    <Notice tone="bad" title={<T id={`fault.${fault.kind}`} />} action={action}>
      <T id={`fault.${fault.kind}.next`} />
      {fault.requestId !== undefined && (
        <p>
          <T id="fault.number" values={{ number: fault.requestId }} />
        </p>
      )}
    </Notice>
  );
}
