// Between a moment and what the clock on the school's wall shows, for the device's own pickers.
import { parseAbsolute, parseDateTime, toCalendarDateTime, toZoned } from '@internationalized/date';

/** `2026-11-24T09:15` on the wall, of a moment. */
export function toWall(moment: string, timeZone: string): string {
  return toCalendarDateTime(parseAbsolute(moment, timeZone)).toString().slice(0, 16);
}

/** The moment at which the wall shows `2026-11-24T09:15`; null while the text is incomplete. */
export function fromWall(wall: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)) return null;
  return toZoned(parseDateTime(wall), timeZone).toAbsoluteString();
}
