// Choices about goals that the pages share, as plain functions.
import type { Goal } from '~/core/face.ts';

/** The goal that one picture can stand for: the one with the newest score. */
export function headline(goals: readonly Goal[]): Goal | undefined {
  return [...goals].sort((a, b) => newest(b) - newest(a))[0];
}

export function scored(goal: Goal): Goal['points'] {
  return goal.points.filter(({ status }) => status === 'scored').sort((a, b) => a.at - b.at);
}

function newest(goal: Goal): number {
  return scored(goal).at(-1)?.at ?? 0;
}
