// Why the door stayed shut, above the fields.
import { Notice } from '~/components/Notice.tsx';
import { T } from '~/i18n/T.tsx';
import { FaultNotice } from '../shell/FaultNotice.tsx';
import type { Entry } from './useEntry.ts';

export function Refused({ entry: { refusal, fault } }: { entry: Entry }) {
  return (
    <>
      {refusal !== null && (
        <Notice tone="bad" title={<T id={`signIn.refused.${refusal}`} />}>
          <T id={`signIn.refused.${refusal}.next`} />
        </Notice>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
    </>
  );
}
