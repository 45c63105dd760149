// How a caseload is ordered and searched, as plain functions.
import type { StudentCard } from '~/core/face.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** The students whose name holds every piece that was typed; accents do not matter. */
export function found(students: readonly StudentCard[], wanted: string): StudentCard[] {
  const pieces = plain(wanted).split(/\s+/).filter(Boolean);
  return students.filter(({ name }) => pieces.every(piece => plain(name).includes(piece)));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Up to three students last seen at about this hour, a whole number of weeks ago. */
export function seenAboutNow(students: readonly StudentCard[], now: number): StudentCard[] {
  const off = ({ lastVisit }: StudentCard) => {
    if (lastVisit == null || now - lastVisit < WEEK / 2) return Infinity;
    const rest = (now - lastVisit) % WEEK;
    return Math.min(rest, WEEK - rest);
  };
  return students
    .filter(student => off(student) <= 1.5 * HOUR)
    .sort((a, b) => off(a) - off(b))
    .slice(0, 3);
}

/** Districts by name, each with its students by name. */
export function byAgency(students: readonly StudentCard[]): [string, string, StudentCard[]][] {
  const groups = new Map<string, StudentCard[]>();
  for (const student of students)
    groups.set(student.agency, [...(groups.get(student.agency) ?? []), student]);
  return [...groups]
    .map(([agency, group]): [string, string, StudentCard[]] => [
      agency,
      group[0]?.agencyName ?? '',
      group.sort((a, b) => a.name.localeCompare(b.name)),
    ])
    .sort((a, b) => a[1].localeCompare(b[1]));
}
