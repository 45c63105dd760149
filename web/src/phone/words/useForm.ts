// A form that the core keeps until it is done: found again as it was left, and never kept again once
// its operation is known.
import type { DraftName, Id } from '~/core/face.ts';
import { useCore } from '../core/CoreProvider.tsx';
import { useDraft, type Draft } from './useDraft.ts';

export interface Desk {
  agency: Id;
  student: Id;
  name: DraftName;
}

/** `begun`: what the core has of it. */
export function useForm<Value extends { operation: Id }>(
  desk: Desk,
  begun: Value | null,
  begin: () => Value,
): Draft<Value> {
  const core = useCore();
  return useDraft(begun, begin, body =>
    core.take({ type: 'draft', ...desk, ...(body && { operation: body.operation }), body }),
  );
}
