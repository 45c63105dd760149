import { expect, test } from 'vitest';
import { aimAt, noon, runs, type ChartPoint } from './series.ts';

const point = (on: string, value: number | null): ChartPoint => ({
  id: on,
  at: noon(on),
  status: value === null ? 'absent' : 'scored',
  value,
});
const values = (found: ChartPoint[][]) => found.map(run => run.map(each => each.value));

test('an absence breaks the line and is never drawn as zero', () => {
  const points = [point('2026-09-01', 4), point('2026-09-08', null), point('2026-09-15', 6)];
  expect(values(runs(points, []))).toEqual([[4], [6]]);
});

test('no line crosses a phase change', () => {
  const points = [point('2026-09-01', 4), point('2026-09-08', 5), point('2026-09-15', 6)];
  expect(values(runs(points, [{ on: '2026-09-08' }]))).toEqual([[4], [5, 6]]);
});

test('a holiday leaves a gap', () => {
  const points = [point('2026-12-15', 4), point('2027-01-12', 5)];
  expect(values(runs(points, []))).toEqual([[4], [5]]);
});

test('points that arrive late are drawn where they happened', () => {
  const points = [point('2026-09-08', 5), point('2026-09-01', 4)];
  expect(values(runs(points, []))).toEqual([[4, 5]]);
});

test('the aim of a day lies on the line between its ends', () => {
  const line = [
    { on: '2026-09-01', value: 20 },
    { on: '2026-09-11', value: 40 },
  ];
  expect(aimAt(line, noon('2026-09-06'))).toBe(30);
  expect(aimAt(line, noon('2026-10-06'))).toBeNull();
});
