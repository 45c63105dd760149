// A goal while it is being written: text as it stands in the fields, until it makes sense.
import type { Direction, GoalCreateInput } from '~/api/schema.ts';

export const units = ['percent', 'wordsPerMinute', 'count', 'minutes', 'level'] as const;
export const areas = [
  'reading',
  'writing',
  'math',
  'speech',
  'language',
  'motor',
  'behavior',
  'social',
] as const;

export interface NewGoal {
  title: string;
  area: (typeof areas)[number];
  unit: (typeof units)[number];
  direction: Direction;
  baseline: string;
  baselineOn: string;
  target: string;
  targetOn: string;
}

/** Measured today, reached in a year: what most goals say. */
export function blank(today: string): NewGoal {
  const year = Number(today.slice(0, 4)) + 1;
  // The 29th of February comes back as the 28th.
  const day = today.slice(5) === '02-29' ? '02-28' : today.slice(5);
  return {
    title: '',
    area: 'reading',
    unit: 'percent',
    direction: 'INCREASE',
    baseline: '',
    baselineOn: today,
    target: '',
    targetOn: `${year}-${day}`,
  };
}

/** What is wrong with a goal as it is written now, field by field; nothing while it is empty. */
export function faults(goal: NewGoal): { target?: 'direction'; targetOn?: 'early' } {
  const [from, to] = [numberOf(goal.baseline), numberOf(goal.target)];
  const wrongWay =
    from !== null &&
    to !== null &&
    ((goal.direction === 'INCREASE' && to <= from) ||
      (goal.direction === 'DECREASE' && to >= from));
  const early = goal.targetOn !== '' && goal.baselineOn !== '' && goal.targetOn <= goal.baselineOn;
  return {
    ...(wrongWay ? { target: 'direction' as const } : {}),
    ...(early ? { targetOn: 'early' as const } : {}),
  };
}

type Input = Omit<GoalCreateInput, 'operationId' | 'student'>;

/** The goal as the server takes it; null while something is missing or wrong. */
export function inputOf(goal: NewGoal): Input | null {
  const [baseline, target] = [numberOf(goal.baseline), numberOf(goal.target)];
  const title = goal.title.trim();
  const dated = goal.baselineOn !== '' && goal.targetOn !== '';
  if (baseline === null || target === null || title === '' || !dated) return null;
  return Object.keys(faults(goal)).length > 0 ? null : { ...goal, title, baseline, target };
}

/** Written with a point or with a comma. */
function numberOf(text: string): number | null {
  const number = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}
