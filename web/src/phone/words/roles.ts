// Who a person is to a child, as the pages need it: family, or somebody who gives a service.
import type { Role } from '~/core/face.ts';

export function isFamily(roles: readonly Role[]): boolean {
  return roles.some(({ role }) => role === 'guardian' || role === 'parent');
}

/** The services this person gives to a child; a visit can be logged for each. */
export function servicesOf(roles: readonly Role[]): string[] {
  return roles.flatMap(({ role, service }) => (role === 'provider' && service ? [service] : []));
}
