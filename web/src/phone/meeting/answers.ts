// Which answer counts: one to the time that is now proposed. An answer to an old time is history, and
// of two that differ, given on two devices, the person says which one holds.
import type { Invitation } from '~/core/face.ts';

export type MyAnswer = NonNullable<Invitation['answer']>;

export function standing({ answer, asked, revision }: Invitation): MyAnswer | undefined {
  if (answer == null || answer.toOldTime === true || asked) return undefined;
  return answer.revision === revision ? answer : undefined;
}
