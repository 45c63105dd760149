// What counts of a contact's rights at a moment.
import type { ContactRowFragment } from '~/api/schema.ts';

type Right = ContactRowFragment['rights'][number];
type Restriction = ContactRowFragment['restrictions'][number];

export function holdsNow(right: Pick<Right, 'endsAt'>, now = Date.now()): boolean {
  return right.endsAt === null || Date.parse(right.endsAt) > now;
}

/** The order that keeps a contact away, from now on or from a day that was named. */
export function standing(contact: Pick<ContactRowFragment, 'restrictions'>): Restriction | undefined {
  return contact.restrictions.find(restriction => restriction.liftedAt === null);
}
