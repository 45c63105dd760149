// Who can be invited: whoever holds rights, parents who are still sent notices, and the staff that
// work with the student now.
import type { StudentPageFragment } from '~/api/schema.ts';
import { isOfAge } from '../majority/ofAge.ts';
import { countsNow, holdsNow } from '../people/rightsNow.ts';

export interface Member {
  person: string;
  name: string;
}

type Wanted = Pick<StudentPageFragment, 'contacts' | 'assignments' | 'comingOfAge'>;

export function teamOf({ contacts, assignments, comingOfAge }: Wanted, now: number): Member[] {
  const family = contacts.filter(contact => contact.rights.some(right => countsNow(right, now)));
  const own = isOfAge(comingOfAge, now) ? comingOfAge?.person : undefined;
  const staff = assignments.filter(assignment => holdsNow(assignment, now));
  const people = [...[...family, ...staff].map(({ person }) => person), ...(own ? [own] : [])];
  const named = new Map(people.map(({ id, name }) => [id, name]));
  return [...named].map(([person, name]) => ({ person, name }));
}
