// Scores as they are taken in a form, before the visit is saved.
import type { PointTaken } from '~/core/face.ts';

export interface Taken {
  key: number;
  point: PointTaken;
}

export type Score = Pick<PointTaken, 'status' | 'scored' | 'possible' | 'value'>;

export function taken(list: readonly Taken[], goal: string, score: Score): Taken[] {
  const key = (list.at(-1)?.key ?? 0) + 1;
  return [...list, { key, point: { goal, ...score } }];
}
