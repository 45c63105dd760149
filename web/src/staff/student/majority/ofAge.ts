// What follows on the page from when a student comes of age.
import type { ComingOfAgeFragment, RightsBasis, StudentPageFragment } from '~/api/schema.ts';
import { holdsNow } from '../people/rightsNow.ts';

type Coming = StudentPageFragment['comingOfAge'];

/** From how long before the day on the page speaks of it: the year of notice, and one to prepare. */
const AHEAD = 2 * 365 * 24 * 60 * 60 * 1000;

/** From which grade on it asks for what is missing to know the day. */
const UPPER = 9;

const ofMinors: RightsBasis[] = [
  'PARENT',
  'GUARDIAN',
  'FOSTER',
  'ACTING_PARENT',
  'SURROGATE',
  'COURT',
];
const ofAdults: RightsBasis[] = ['DELEGATE', 'ADULT_GUARDIAN', 'REPRESENTATIVE'];

export function standingFact(
  coming: Coming | undefined,
): ComingOfAgeFragment['recorded'][number] | undefined {
  return coming?.recorded.find(fact => fact.withdrawnAt === null);
}

export function isOfAge(coming: Coming | undefined, now: number): boolean {
  const fact = standingFact(coming);
  return fact !== undefined && Date.parse(fact.startsAt) <= now;
}

/** On what rights can be granted now: of an adult once the day is written down, of a minor until it. */
export function basesFor(coming: Coming | undefined, now: number): RightsBasis[] {
  if (standingFact(coming) === undefined) return ofMinors;
  return isOfAge(coming, now) ? ofAdults : [...ofMinors, ...ofAdults];
}

/** Who stands for the student, whose own rights rest as long. */
export function standsFor({ contacts }: Pick<StudentPageFragment, 'contacts'>, now: number) {
  const stands = (right: { basis: RightsBasis; startsAt: string; endsAt: string | null }) =>
    (right.basis === 'ADULT_GUARDIAN' || right.basis === 'REPRESENTATIVE') &&
    Date.parse(right.startsAt) <= now &&
    holdsNow(right, now);
  return contacts.find(contact => contact.rights.some(stands))?.person;
}

/** Whether it is time to speak of it. */
export function isNear(
  { comingOfAge, grade }: Pick<StudentPageFragment, 'comingOfAge' | 'grade'>,
  now: number,
): boolean {
  if (comingOfAge === null) return false;
  if (comingOfAge.recorded.length > 0) return true;
  if (comingOfAge.on === null) return Number(grade ?? 0) >= UPPER;
  return Date.parse(comingOfAge.on) - AHEAD <= now;
}
