// A try to reach the family while it is being written down. It carries the id of its operation, so
// that saving twice, or saving again after a reload, writes it down once.
import type { Channel, Intent, Reached, Student } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';
import { dayOf, momentOf, timeOf } from '../visit/clock.ts';
import { isFamily } from '../words/roles.ts';

export const channels: Channel[] = ['call', 'text', 'email', 'letter', 'homeVisit', 'inPerson'];
export const outcomes: Reached[] = ['yes', 'leftWord', 'nobody', 'wrongAddress'];

export interface AttemptDraft extends Instead {
  operation: string;
  /** Empty while there is nobody to reach. */
  person: string;
  channel: Channel;
  /** On the phone's own clock. */
  day: string;
  time: string;
  language: string;
  /** Null until it is said: a contact is not asserted by default. */
  reached: Reached | null;
  /** Empty if it was about none. */
  meeting: string;
  note: string;
}

/** What the form is for, where it does not write something down for the first time. */
export interface Instead {
  /** The refused one that this is sent instead of. */
  replaces?: string;
  /** The one that was written down wrongly, and that this shall stand for. */
  amends?: string;
}

type LogAttempt = Extract<Intent, { name: 'LogAttempt' }>;
/** As it was meant, or as it is shown. */
type Written = Pick<LogAttempt, 'at' | 'channel' | 'language' | 'reached' | 'note'> & {
  person: string;
  meeting?: string | null;
  amends?: string | null;
};
type Known = Pick<Student, 'team' | 'meetings' | 'attempts'>;

/** Whom one tries to reach: the guardians on the team list. */
function familyOf({ team }: Pick<Student, 'team'>): { id: string; name: string }[] {
  return team
    .filter(({ role }) => isFamily([{ role }]))
    .map(({ person: id, name }) => ({ id, name }));
}

/** Whom it may be about: a correction is about the same person, who reads it as well. */
export function whomOf(
  shown: Pick<Student, 'team' | 'attempts'>,
  { person, amends }: Pick<AttemptDraft, 'person' | 'amends'>,
): { id: string; name: string }[] {
  const family = familyOf(shown);
  if (amends === undefined) return family;
  const amended = shown.attempts.find(({ id }) => id === amends)?.person.name;
  const name = amended ?? family.find(({ id }) => id === person)?.name ?? '';
  return [{ id: person, name }];
}

/** What the family was spoken to in before, then what is spoken at home most often. */
export function languagesOf({ attempts }: Pick<Student, 'attempts'>, chosen: string): string[] {
  const before = attempts.map(({ language }) => language);
  const often = [
    'en',
    'es',
    'ar',
    'zh',
    'vi',
    'pt',
    'ru',
    'ht',
    'hmn',
    'so',
    'ur',
    'fr',
    'ko',
    'tl',
  ];
  return [...new Set([chosen, ...before, ...often])];
}

/** The likeliest answers: it has just happened, and the next meeting is what one calls about. */
export function begin(shown: Known, now: number): AttemptDraft {
  const [last] = shown.attempts;
  const next = shown.meetings.filter(({ endsAt }) => endsAt > now);
  return {
    operation: uuid7(),
    person: familyOf(shown)[0]?.id ?? '',
    channel: 'call',
    day: dayOf(now),
    time: timeOf(now),
    language: last?.language ?? 'en',
    reached: null,
    meeting: next.sort((one, other) => one.startsAt - other.startsAt)[0]?.meeting ?? '',
    note: '',
  };
}

/** One that was written down before, to be changed and saved again. */
export function again(written: Written, instead: Instead = {}): AttemptDraft {
  const { person, channel, at, language, reached, meeting, note } = written;
  const amends = instead.amends ?? written.amends ?? undefined;
  return {
    operation: uuid7(),
    person,
    channel,
    day: dayOf(at),
    time: timeOf(at),
    language,
    reached,
    meeting: meeting ?? '',
    note,
    ...(instead.replaces === undefined ? {} : { replaces: instead.replaces }),
    ...(amends === undefined ? {} : { amends }),
  };
}

/** Null while something is missing. */
export function intentOf(draft: AttemptDraft, student: string): LogAttempt | null {
  const { person, channel, day, time, language, reached, meeting, note, amends } = draft;
  const at = momentOf(day, time);
  if (person === '' || reached === null || Number.isNaN(at)) return null;
  return {
    name: 'LogAttempt',
    student,
    person,
    at,
    channel,
    language,
    reached,
    note: note.trim(),
    ...(meeting === '' ? {} : { meeting }),
    ...(amends === undefined ? {} : { amends }),
  };
}
