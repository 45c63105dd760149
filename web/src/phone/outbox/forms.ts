// The forms in which something is done again as it was: taken back before it left this phone,
// refused by the school, or corrected. What has no form here is asked once more, or rewritten in place.
import type { DraftName, Id, Intent } from '~/core/face.ts';
import { again as attemptAgain } from '../contact/attemptDraft.ts';
import { again as visitAgain } from '../visit/visitDraft.ts';
import { paths } from '../words/paths.ts';

export interface Filled {
  name: DraftName;
  student: Id;
  body: { operation: Id };
  /** Where the form is. */
  path: (agency: Id) => string;
}

/** A visit in its form. */
export function visitForm(student: Id, ...written: Parameters<typeof visitAgain>): Filled {
  const path = (agency: Id) => paths.visit({ agency, id: student });
  return { name: 'LogVisit', student, body: visitAgain(...written), path };
}

/** An attempt to reach the family in its form. */
export function attemptForm(student: Id, ...written: Parameters<typeof attemptAgain>): Filled {
  const path = (agency: Id) => paths.contact({ agency, id: student });
  return { name: 'LogAttempt', student, body: attemptAgain(...written), path };
}

/** `replaces`: the refused operation that is sent again. */
export function formOf(intent: Intent | null | undefined, replaces?: Id): Filled | null {
  const instead = replaces === undefined ? {} : { replaces };
  switch (intent?.name) {
    case 'LogVisit':
      return visitForm(intent.student, intent, instead);
    case 'LogAttempt':
      return attemptForm(intent.student, intent, instead);
    default:
      return null;
  }
}
