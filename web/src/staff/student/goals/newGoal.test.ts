import { expect, test } from 'vitest';
import { blank, faults, inputOf } from './newGoal.ts';

const goal = { ...blank('2026-11-22'), title: 'Reads aloud', baseline: '22,5', target: '60' };

test('a goal begins today and ends in a year', () => {
  expect([goal.baselineOn, goal.targetOn]).toEqual(['2026-11-22', '2027-11-22']);
  expect(blank('2028-02-29').targetOn).toBe('2029-02-28');
});

test('numbers are read with a point or with a comma', () => {
  expect(inputOf(goal)).toMatchObject({ baseline: 22.5, target: 60, title: 'Reads aloud' });
});

test('an aim that lies the wrong way is named', () => {
  expect(faults({ ...goal, target: '10' })).toEqual({ target: 'direction' });
  expect(faults({ ...goal, target: '10', direction: 'DECREASE' })).toEqual({});
  expect(inputOf({ ...goal, target: '10' })).toBeNull();
});

test('an aim before its beginning is named', () => {
  expect(faults({ ...goal, targetOn: '2026-11-22' })).toEqual({ targetOn: 'early' });
});

test('nothing is sent while a number or the words are missing', () => {
  expect(inputOf({ ...goal, baseline: '' })).toBeNull();
  expect(inputOf({ ...goal, title: ' ' })).toBeNull();
});
