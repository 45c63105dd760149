// The three fields of a meeting's time, and the two moments they mean.
import { fromWall, toWall } from '~/i18n/zoned.ts';

export interface Times {
  day: string;
  from: string;
  to: string;
}

export const noTimes: Times = { day: '', from: '', to: '' };

export function timesOf(meeting: { startsAt: string; endsAt: string }, timeZone: string): Times {
  const [start, end] = [toWall(meeting.startsAt, timeZone), toWall(meeting.endsAt, timeZone)];
  return { day: start.slice(0, 10), from: start.slice(11), to: end.slice(11) };
}

/** Null while something is missing or the end is not after the start. */
export function momentsOf(
  times: Times,
  timeZone: string,
): { startsAt: string; endsAt: string } | null {
  const startsAt = fromWall(`${times.day}T${times.from}`, timeZone);
  const endsAt = fromWall(`${times.day}T${times.to}`, timeZone);
  return startsAt !== null && endsAt !== null && startsAt < endsAt ? { startsAt, endsAt } : null;
}

export function endsTooEarly(times: Times): boolean {
  return times.from !== '' && times.to !== '' && times.to <= times.from;
}
