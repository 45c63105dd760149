// The global id under which the server answers for a record of this phone.
import type { Id } from '~/core/face.ts';

export function nodeOf(kind: 'stu', agency: Id, id: Id): string {
  return [kind, agency, id].join('_').replaceAll('-', '');
}
