import { expect, test } from 'vitest';
import type { Goal, Point, Visit } from '~/core/face.ts';
import { endNow, likelyFirst, measureOf, usualMinutes } from './defaults.ts';

const visit = (minutes: number, more: Partial<Visit> = {}): Visit => ({
  id: 'v',
  service: 'speech',
  startedAt: 0,
  endedAt: minutes * 60_000,
  minutes,
  note: '',
  attendance: 'present',
  by: { name: 'Priya' },
  mine: true,
  pending: false,
  points: [],
  corrected: false,
  ...more,
});

const goal = (points: Partial<Point>[], unit = 'percent'): Goal => ({
  id: 'g',
  title: 'Reads aloud',
  area: 'reading',
  unit,
  direction: 'increase',
  baseline: 12,
  target: 80,
  targetOn: '2027-06-01',
  startsOn: '2026-09-01',
  aimLine: [],
  points: points.map((point, index) => ({
    id: String(index),
    at: index,
    status: 'scored',
    by: { name: 'Priya' },
    pending: false,
    ...point,
  })),
});

test('a visit that is logged at 10:47 ended at 10:45', () => {
  expect(new Date(endNow(Date.UTC(2026, 10, 22, 10, 47, 31))).toISOString()).toContain('10:45:00');
});

test('the usual length is the median of visits of that service that took place', () => {
  const visits = [
    visit(20),
    visit(25),
    visit(60),
    visit(5, { attendance: 'absentStudent' }),
    visit(5, { corrected: true }),
    visit(90, { service: 'physical' }),
  ];
  expect(usualMinutes(visits, 'speech')).toBe(25);
});

test('a student who was never seen gets half an hour', () => {
  expect(usualMinutes([], 'speech')).toBe(30);
});

test('scores are taken out of as many as last time', () => {
  expect(measureOf(goal([{ scored: 7, possible: 20 }]))).toEqual({ kind: 'parts', possible: 20 });
});

test('a number is offered near the last one', () => {
  const measure = measureOf(goal([{ value: 42 }], 'wordsPerMinute'));
  expect(measure).toEqual({ kind: 'value', near: [38, 39, 40, 41, 42, 43, 44, 45, 46, 47] });
});

test('numbers on offer never fall below nothing', () => {
  const measure = measureOf(goal([{ value: 1 }], 'count'));
  expect(measure.kind === 'value' && measure.near[0]).toBe(0);
});

test('the goals that who gives this service scored last come first, then the newest of others', () => {
  const by = (person: string) => ({ person, name: '' });
  const named = (id: string, person: string, at: number) => ({
    ...goal([{ value: 1, at, by: by(person) }]),
    id,
  });
  const goals = [named('writes', 'ot', 9), named('reads', 'teacher', 8), named('says', 'slp', 7)];
  const visits = [
    visit(30, { by: by('slp') }),
    visit(30, { service: 'occupational', by: by('ot') }),
  ];
  const order = likelyFirst({ goals, visits }, ['speech']).map(({ id }) => id);
  expect(order).toEqual(['says', 'writes', 'reads']);
});
