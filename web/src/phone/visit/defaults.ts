// What a visit form begins with, so that most visits need no typing: it ended now, it took as long
// as it usually does, and scores are taken the way they were taken last time.
import type { Goal, Point, Student, Visit } from '~/core/face.ts';
import { scored } from '../student/goals.ts';

const MINUTE = 60_000;
const USUAL = 30;
const TRIALS = 10;

/** The last full five minutes. */
export function endNow(now: number): number {
  return Math.floor(now / (5 * MINUTE)) * 5 * MINUTE;
}

/** The median length of the last visits of this service that took place. */
export function usualMinutes(visits: readonly Visit[], service: string): number {
  const lengths = visits
    .filter(visit => visit.service === service && visit.attendance === 'present')
    .filter(visit => !visit.corrected)
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, 7)
    .map(({ minutes }) => minutes)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? USUAL;
}

/** How scores of a goal are taken: so many of so many, or a number near the last one. */
export type Measure = { kind: 'parts'; possible: number } | { kind: 'value'; near: number[] };

export function measureOf(goal: Goal): Measure {
  const last = scored(goal).at(-1);
  if (last?.possible != null) return { kind: 'parts', possible: last.possible };
  if (last === undefined && goal.unit === 'percent') return { kind: 'parts', possible: TRIALS };
  const middle = last?.value ?? goal.baseline ?? 0;
  const step = Number.isInteger(middle) ? 1 : 0.5;
  const first = Math.max(0, middle - 4 * step);
  return { kind: 'value', near: Array.from({ length: 10 }, (_, index) => first + index * step) };
}

/** Goals this provider most likely worked on come first: those scored last by who gives the same. */
export function likelyFirst(
  { goals, visits }: Pick<Student, 'goals' | 'visits'>,
  services: readonly string[],
): Goal[] {
  const same = visits.filter(({ service }) => services.includes(service));
  const ours = new Set(same.map(({ by }) => by.person));
  const newest = (points: readonly Point[]) => points.at(-1)?.at ?? 0;
  const rank = (goal: Goal): [number, number] => {
    const all = scored(goal);
    return [newest(all.filter(({ by }) => ours.has(by.person))), newest(all)];
  };
  const ranked = goals.map(goal => ({ goal, rank: rank(goal) }));
  ranked.sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1]);
  return ranked.map(({ goal }) => goal);
}
