// The forms in which something is done again as it was: taken back before it left this phone,
// refused by the school, or corrected. What has no form here is asked once more, or rewritten in place.
import type { DraftName, Id, Waiting } from '~/core/face.ts';
import { again as attemptAgain } from '../contact/attemptDraft.ts';
import { again as askAgain, disagreeAgain } from '../record/askDraft.ts';
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

/** `subject`: the student it is about; `replaces`: the refused operation that is sent again. */
export function formOf(
  { intent, subject }: Pick<Waiting, 'intent' | 'subject'>,
  replaces?: Id,
): Filled | null {
  const instead = replaces === undefined ? {} : { replaces };
  if (intent == null || subject == null) return null;
  switch (intent.name) {
    case 'LogVisit':
      return visitForm(intent.student, intent, instead);
    case 'LogAttempt':
      return attemptForm(intent.student, intent, instead);
    case 'AskOfRecord': {
      const { student, asks } = intent;
      const path = (agency: Id) => paths.ask({ agency, id: student }, asks);
      return { name: `AskOfRecord/${asks}`, student, body: askAgain(intent, instead), path };
    }
    case 'StateDisagreement': {
      const path = (agency: Id) => paths.record({ agency, id: subject });
      const body = disagreeAgain(intent, instead);
      return { name: `StateDisagreement/${intent.request}`, student: subject, body, path };
    }
    default:
      return null;
  }
}
