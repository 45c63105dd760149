import { expect, test } from 'vitest';
import { nextFirst } from './nextFirst.ts';
import { endsTooEarly, momentsOf, timesOf } from './times.ts';

const meeting = (on: string) => ({ startsAt: `${on}T14:00:00Z`, endsAt: `${on}T15:00:00Z` });
const zone = 'America/New_York';

test('the next meeting stands first, then later ones, then past ones with the latest first', () => {
  const [past, older, next, later] = ['2026-11-01', '2026-10-01', '2026-12-01', '2027-01-10'].map(
    meeting,
  );
  const shown = nextFirst(
    [older, later, past, next].filter(each => each !== undefined),
    Date.parse('2026-11-22'),
  );
  expect(shown).toEqual([next, later, past, older]);
});

test('a meeting is edited in the time on the school’s wall and comes back as the same moments', () => {
  const times = timesOf(meeting('2026-12-01'), zone);
  expect(times).toEqual({ day: '2026-12-01', from: '09:00', to: '10:00' });
  expect(momentsOf(times, zone)).toEqual({
    startsAt: '2026-12-01T14:00:00.000Z',
    endsAt: '2026-12-01T15:00:00.000Z',
  });
});

test('an end before the start is no time', () => {
  const times = { day: '2026-12-01', from: '10:00', to: '09:30' };
  expect([momentsOf(times, zone), endsTooEarly(times)]).toEqual([null, true]);
});
