// What stands above the buttons of a form that the server did not take.
import type { Operation } from '~/api/useOperation.ts';
import { Notice } from '~/components/Notice.tsx';
import { useUserError } from './useUserError.ts';
import { FaultNotice } from './FaultNotice.tsx';

export function OperationNotices({
  of,
}: {
  of: Pick<Operation<never, never>, 'userErrors' | 'fault'>;
}) {
  const words = useUserError();
  return (
    <>
      {of.fault !== null && <FaultNotice fault={of.fault} />}
      {of.userErrors.map(error => (
        <Notice key={error.code + error.field.join('.')} tone="bad">
          {words(error)}
        </Notice>
      ))}
    </>
  );
}
