// Who a person is to a child, as the pages need it: family, or somebody who gives a service.
import type { Role } from '~/core/face.ts';

export function isFamily(roles: readonly Role[]): boolean {
  return roles.some(({ role }) => role === 'guardian' || role === 'parent');
}

/** Whether the child is of age, and this parent is still sent notices and no more. */
export function isNotified(roles: readonly Role[]): boolean {
  return roles.some(({ role }) => role === 'notified');
}

/** Whether this person keeps the record of how the family was tried to be reached. */
export function mayLogAttempts(roles: readonly Role[]): boolean {
  return roles.some(({ role }) => role === 'case_manager');
}

/** The services this person gives to a child; a visit can be logged for each. */
export function servicesOf(roles: readonly Role[]): string[] {
  return roles.flatMap(({ role, service }) => (role === 'provider' && service ? [service] : []));
}

/** Whether somebody works for a school, by their account: what is on the phone says nothing yet. */
export function works(account: { roles: readonly string[] } | undefined): boolean {
  return account?.roles.some(role => role !== 'parent') ?? false;
}

/** Whether all their work is on the staff pages: no students come to their phone. */
export function worksAtDesk(account: { roles: readonly string[] } | undefined): boolean {
  const desk = ['director', 'office'];
  const roles = account?.roles ?? [];
  return roles.length > 0 && roles.every(role => desk.includes(role));
}
