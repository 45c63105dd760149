import { expect, test } from 'vitest';
import { layOut } from './plot.ts';
import { noon, type ChartSeries } from './series.ts';

const series: ChartSeries = {
  unit: 'words',
  points: [{ id: 'a', at: noon('2026-09-08'), status: 'scored', value: 30 }],
  aimLine: [
    { on: '2026-09-01', value: 20 },
    { on: '2027-05-28', value: 80 },
  ],
  target: { on: '2027-05-28', value: 80 },
  phases: [],
};
const shape = (width: number) => {
  const plot = layOut(series, width, 13);
  return (plot.bottom - plot.top) / (plot.right - plot.left);
};

test('the frame has the same shape at every width, so that the same progress looks the same', () => {
  expect(shape(400)).toBeCloseTo(shape(700), 5);
});

test('values begin at zero', () => {
  const plot = layOut(series, 600, 13);
  expect(plot.y(0)).toBe(plot.bottom);
});

test('a share ends at one hundred, whatever the scores', () => {
  const plot = layOut({ ...series, share: true }, 600, 13);
  expect(plot.y(100)).toBe(plot.top);
});

test('everything drawn lies inside the frame', () => {
  const plot = layOut(series, 320, 26);
  for (const at of [noon('2026-09-01'), noon('2027-05-28')]) {
    expect(plot.x(at)).toBeGreaterThanOrEqual(plot.left);
    expect(plot.x(at)).toBeLessThanOrEqual(plot.right);
  }
});
