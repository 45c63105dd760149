// Which answer counts: one to the time that is now proposed. An answer to an old time is history.
import type { Invitation } from '~/core/face.ts';

export type MyAnswer = NonNullable<Invitation['answer']>;

export function standing({ answer, revision }: Invitation): MyAnswer | undefined {
  if (answer == null || answer.toOldTime === true) return undefined;
  return answer.revision === revision ? answer : undefined;
}
