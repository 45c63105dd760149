// What is asked of the record while it is being written. It carries the id of its operation, so that
// saving twice asks once.
import type { Asks, Contested, Id, Intent } from '~/core/face.ts';
import { uuid7 } from '~/core/uuid7.ts';

export interface AskDraft {
  operation: Id;
  words: string;
  instead: string;
  /** Null if it is not one thing. */
  contests: Contested | null;
  /** The refused one that this is sent instead of. */
  replaces?: Id;
}

export interface DisagreeDraft {
  operation: Id;
  words: string;
  replaces?: Id;
}

type AskOfRecord = Extract<Intent, { name: 'AskOfRecord' }>;
type StateDisagreement = Extract<Intent, { name: 'StateDisagreement' }>;
type Instead = { replaces?: Id };

export function begin(contests: Contested | null): AskDraft {
  return { operation: uuid7(), words: '', instead: '', contests };
}

export function again(
  { words, instead, contests }: AskOfRecord,
  { replaces }: Instead = {},
): AskDraft {
  const kept = { operation: uuid7(), words, instead, contests: contests ?? null };
  return replaces === undefined ? kept : { ...kept, replaces };
}

export function disagreeAgain(
  { words }: StateDisagreement,
  { replaces }: Instead = {},
): DisagreeDraft {
  const kept = { operation: uuid7(), words };
  return replaces === undefined ? kept : { ...kept, replaces };
}

/** Null while something is missing: what is wrong has to be said, what to see need not. */
export function intentOf(draft: AskDraft, student: Id, asks: Asks): AskOfRecord | null {
  const words = draft.words.trim();
  if (asks === 'see') return { name: 'AskOfRecord', student, asks, words, instead: '' };
  if (words === '') return null;
  const intent = {
    name: 'AskOfRecord',
    student,
    asks,
    words,
    instead: draft.instead.trim(),
  } as const;
  return draft.contests === null ? intent : { ...intent, contests: draft.contests };
}
