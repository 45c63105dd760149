// What a new entry begins with: the likeliest answers, so that most are one choice away.
import type { AttemptRowFragment, Channel, Reached, StudentPageFragment } from '~/api/schema.ts';

export const channels: Channel[] = ['CALL', 'TEXT', 'EMAIL', 'LETTER', 'HOME_VISIT', 'IN_PERSON'];
export const outcomes: Reached[] = ['YES', 'LEFT_WORD', 'NOBODY', 'WRONG_ADDRESS'];

export interface AttemptBegun {
  /** Empty while there is nobody to reach. */
  person: string;
  at: string;
  channel: Channel;
  language: string;
  /** Null until it is said: a contact is not asserted by default. */
  reached: Reached | null;
  /** Empty if it was about none. */
  meeting: string;
  note: string;
}

type Student = Pick<StudentPageFragment, 'contacts' | 'meetings' | 'homeLanguage'>;

/** Whoever holds rights comes first; the next meeting is what one calls about. */
export function begun(
  student: Student,
  amends: AttemptRowFragment | undefined,
  now: string,
): AttemptBegun {
  const { contacts, meetings } = student;
  if (amends !== undefined) {
    const { at, channel, language, reached, note, meeting } = amends;
    return {
      person: amends.person.person,
      at,
      channel,
      language,
      reached,
      note,
      meeting: meeting ?? '',
    };
  }
  const whom = contacts.find(({ rights }) => rights.length > 0) ?? contacts[0];
  const next = meetings.filter(({ endsAt }) => endsAt > now).sort(soonest)[0];
  return {
    person: whom?.person.id ?? '',
    at: now,
    channel: 'CALL',
    language: whom?.person.language ?? student.homeLanguage ?? 'en',
    reached: null,
    meeting: next?.id ?? '',
    note: '',
  };
}

/** Whom to choose from. A correction is about the same person: who reads what was wrong reads it. */
export function peopleOf(
  student: Student,
  amends: AttemptRowFragment | undefined,
): { id: string; name: string }[] {
  if (amends !== undefined) return [{ id: amends.person.person, name: amends.person.name }];
  return student.contacts.map(({ person }) => ({ id: person.id, name: person.name }));
}

/** The family's own and the two that the office writes in. */
export function languagesOf(student: Student, chosen: string): string[] {
  const family = student.contacts.map(({ person }) => person.language);
  const all = [chosen, student.homeLanguage, ...family, 'en', 'es'];
  return [...new Set(all.filter(language => language !== null))];
}

function soonest(one: { startsAt: string }, other: { startsAt: string }): number {
  return one.startsAt.localeCompare(other.startsAt);
}
