import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { InEnglish } from '../../../vite/inEnglish.tsx';
import { layOut } from './plot.ts';
import { PointReader } from './PointReader.tsx';
import { noon, type ChartPoint, type ChartSeries } from './series.ts';

const points: ChartPoint[] = [
  {
    id: 'a',
    at: noon('2026-09-01'),
    status: 'scored',
    value: 45,
    scored: 9,
    possible: 20,
    by: 'Dana Ruiz',
  },
  { id: 'b', at: noon('2026-09-08'), status: 'absent', value: null, by: 'Dana Ruiz' },
];
const series: ChartSeries = {
  unit: '%',
  share: true,
  points,
  aimLine: [
    { on: '2026-09-01', value: 40 },
    { on: '2026-10-01', value: 80 },
  ],
  target: { on: '2026-10-01', value: 80 },
  phases: [],
};

function Reader() {
  const [active, setActive] = useState<number | null>(null);
  const plot = layOut(series, 600, 13);
  return (
    <InEnglish>
      <PointReader {...{ plot, points, series, active, timeZone: 'UTC' }} onActive={setActive} />
    </InEnglish>
  );
}

test('a screen reader hears each point in words: day, parts, aim of that day, by whom', () => {
  render(<Reader />);
  const slider = screen.getByRole('slider');
  fireEvent.change(slider, { target: { value: '0' } });
  expect(slider.getAttribute('aria-valuetext')).toBe(
    'Sep 1, 2026: 45% (9 of 20) · Aim 40% · by Dana Ruiz',
  );
});

test('an absence is read as an absence, not as zero', () => {
  render(<Reader />);
  expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe(
    'Sep 8, 2026: Absent · by Dana Ruiz',
  );
});
