// Who can be invited: guardians with rights, and the staff that work with the student now.
import type { StudentPageFragment } from '~/api/schema.ts';

export interface Member {
  person: string;
  name: string;
}

export function teamOf({ contacts, assignments }: StudentPageFragment, now: number): Member[] {
  const holds = (ends: string | null) => ends === null || Date.parse(ends) > now;
  const guardians = contacts.filter(contact => contact.rights.some(right => holds(right.endsAt)));
  const staff = assignments.filter(assignment => holds(assignment.endsAt));
  const people = new Map([...guardians, ...staff].map(({ person }) => [person.id, person.name]));
  return [...people].map(([person, name]) => ({ person, name }));
}
