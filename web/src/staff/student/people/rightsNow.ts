// What counts of a contact's rights at a moment.
import type { ContactRowFragment } from '~/api/schema.ts';

type Right = ContactRowFragment['rights'][number];
type Restriction = ContactRowFragment['restrictions'][number];

export function holdsNow(right: Pick<Right, 'endsAt'>, now = Date.now()): boolean {
  return right.endsAt === null || Date.parse(right.endsAt) > now;
}

/** A right of which something is left: once the student is of age, a parent is still sent notices. */
export function countsNow(
  right: Pick<Right, 'endsAt' | 'notifiedFrom'>,
  now = Date.now(),
): boolean {
  return holdsNow(right, now) || right.notifiedFrom !== null;
}

/** The order that keeps a contact away, from now on or from a day that was named. */
export function standing(
  contact: Pick<ContactRowFragment, 'restrictions'>,
): Restriction | undefined {
  return contact.restrictions.find(restriction => restriction.liftedAt === null);
}
