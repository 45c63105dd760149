// What a progress chart draws, as plain values: no pixels, no React.
export type PointStatus = 'scored' | 'absent' | 'notOffered' | 'invalid';

export interface ChartPoint {
  id: string;
  /** When it was observed, epoch milliseconds. */
  at: number;
  status: PointStatus;
  value: number | null;
  /** The parts a share was made of: 9 of 20. */
  scored?: number | null;
  possible?: number | null;
  by?: string;
  /** Kept on this phone, not yet received. */
  pending?: boolean;
  /** Came in while the page was open. */
  fresh?: boolean;
}

export interface DatedValue {
  /** A calendar day, `2026-11-03`. */
  on: string;
  value: number;
}

export interface ChartSeries {
  /** As people read it. */
  unit: string;
  /** A share of opportunities, which ends at 100. */
  share?: boolean;
  points: readonly ChartPoint[];
  aimLine: readonly DatedValue[];
  baseline?: DatedValue | undefined;
  target: DatedValue;
  trend?: { start: DatedValue; end: DatedValue } | undefined;
  /** Days on which something changed: the plan began, a goal was amended. */
  phases: readonly { on: string; label: string }[];
}

export interface Scored extends ChartPoint {
  value: number;
}

export const day = 86_400_000;

/** Noon of a calendar day, so that a point of that day lies beside it and not a day off. */
export function noon(on: string): number {
  return Date.parse(`${on}T12:00:00Z`);
}

export function isScored(point: ChartPoint): point is Scored {
  return point.status === 'scored' && point.value !== null;
}

export function inOrder(points: readonly ChartPoint[]): ChartPoint[] {
  return [...points].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

// A school holiday leaves a gap; three weeks without a score is more than a missed visit.
const longestStep = 22 * day;

/**
 * The runs of scores that a line may join. A line never crosses a phase change, never bridges a
 * day on which the student was absent (absent is not zero, and not a guess), nor a holiday.
 */
export function runs(points: readonly ChartPoint[], phases: readonly { on: string }[]): Scored[][] {
  const edges = phases.map(phase => Date.parse(`${phase.on}T00:00:00Z`));
  const phaseOf = (at: number) => edges.filter(edge => at >= edge).length;
  const found: Scored[][] = [];
  let run: Scored[] = [];
  for (const point of inOrder(points)) {
    const last = run.at(-1);
    const joined =
      last !== undefined &&
      isScored(point) &&
      point.at - last.at <= longestStep &&
      phaseOf(point.at) === phaseOf(last.at);
    if (!joined) {
      if (run.length > 0) found.push(run);
      run = [];
    }
    if (isScored(point)) run.push(point);
  }
  if (run.length > 0) found.push(run);
  return found;
}

/** The aim on a moment, between the two ends of the aim line around it; none outside of it. */
export function aimAt(aimLine: readonly DatedValue[], at: number): number | null {
  for (let index = 1; index < aimLine.length; index++) {
    const [from, to] = [aimLine[index - 1], aimLine[index]];
    if (from === undefined || to === undefined) continue;
    const [start, end] = [noon(from.on), noon(to.on)];
    if (at < start - day / 2 || at > end + day / 2 || end === start) continue;
    return from.value + ((to.value - from.value) * (at - start)) / (end - start);
  }
  return null;
}
