// What went wrong on the way to the server, and what to do next.
import { asFault } from '~/api/fault.ts';
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';

export function Failed({ error }: { error: Error }) {
  const { kind } = asFault(error);
  return (
    <Notice tone="bad" title={<T id={`fault.${kind}`} />}>
      <T id={`fault.${kind}.next`} />
    </Notice>
  );
}
