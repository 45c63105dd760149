// Between moments and what the phone's own date and time controls hold: `2026-11-22`, `10:15`.
const two = (number: number) => String(number).padStart(2, '0');

export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function timeOf(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment of a local day and time; NaN while one of them is incomplete. */
export function momentOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}`);
}

/** A time some minutes later or earlier, within its day. */
export function shifted(time: string, minutes: number): string {
  const [hours = 0, mins = 0] = time.split(':').map(Number);
  const total = Math.min(Math.max(hours * 60 + mins + minutes, 0), 24 * 60 - 1);
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}
