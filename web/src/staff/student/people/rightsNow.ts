// The rights a contact holds at a moment, and those that ended.
import type { ContactRowFragment } from '~/api/schema.ts';

type Right = ContactRowFragment['rights'][number];

export function holdsNow(right: Pick<Right, 'endsAt'>, now = Date.now()): boolean {
  return right.endsAt === null || Date.parse(right.endsAt) > now;
}
