// The log by days, as it is read: the newest first, and in each the people by name.
import type { LookFragment } from '~/api/schema.ts';

export interface Day {
  on: string;
  looks: LookFragment[];
}

/** The days of entries that come the newest first. */
export function daysOf(entries: readonly LookFragment[], locale: string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last?.on === entry.on) last.looks.push(entry);
    else days.push({ on: entry.on, looks: [entry] });
  }
  const { compare } = new Intl.Collator(locale);
  for (const { looks } of days) looks.sort((a, b) => compare(a.by.name, b.by.name));
  return days;
}

/** Everybody who looked on any of the days, by name. */
export function peopleOf(days: readonly Day[], locale: string): LookFragment['by'][] {
  const people = new Map(days.flatMap(({ looks }) => looks.map(({ by }) => [by.person, by])));
  const { compare } = new Intl.Collator(locale);
  return [...people.values()].sort((a, b) => compare(a.name, b.name));
}
