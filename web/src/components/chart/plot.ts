// Where the values of a series lie on a plot of a given width. The shape of the plot is always the
// same, since a steeper frame makes the same progress look better.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { day, isScored, noon, type ChartSeries } from './series.ts';

const ratio = 0.6;

export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (at: number) => number;
  y: (value: number) => number;
  months: Date[];
  values: number[];
}

/** `em` is the size of text in pixels, so that labels have room when a person reads large text. */
export function layOut(series: ChartSeries, width: number, em: number): Plot {
  const left = em * (2.2 + widest(series) * 0.45);
  const [right, top, below] = [width - em * 0.9, em * 2.4, em * 2.2];
  const bottom = top + Math.max(120, (right - left) * ratio);
  const [from, to] = span(series);
  const x = scaleUtc([from, to], [left, right]);
  const y = scaleLinear([0, ceiling(series)], [bottom, top]).nice(4);
  const perMonth = Math.max(2, Math.floor((right - left) / (em * 4)));
  return {
    width,
    height: bottom + below,
    left,
    right,
    top,
    bottom,
    x: at => x(new Date(at)),
    y: value => y(value),
    months: x.ticks(Math.min(perMonth, 8)),
    values: y.ticks(4),
  };
}

function span(series: ChartSeries): [Date, Date] {
  const moments = [
    ...series.points.map(point => point.at),
    ...series.aimLine.map(point => noon(point.on)),
    noon(series.target.on),
    ...(series.baseline === undefined ? [] : [noon(series.baseline.on)]),
  ];
  const [from, to] = [Math.min(...moments), Math.max(...moments)];
  const margin = Math.max(2 * day, (to - from) * 0.02);
  return [new Date(from - margin), new Date(to + margin)];
}

/** Shares end at 100; anything else a little above the highest value there is. */
function ceiling(series: ChartSeries): number {
  if (series.share === true) return 100;
  const values = [
    series.target.value,
    series.baseline?.value ?? 0,
    ...series.aimLine.map(point => point.value),
    ...series.points.filter(isScored).map(point => point.value),
  ];
  return Math.max(1, ...values) * 1.05;
}

function widest(series: ChartSeries): number {
  return String(Math.round(ceiling(series))).length;
}
