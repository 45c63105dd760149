// The forms in which something is done again as it was: taken back before it left this phone, or
// refused by the school. What has no form here is asked once more, or rewritten in place.
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

/** `replaces`: the refused operation that is sent again. */
export function formOf(intent: Intent | null | undefined, replaces?: Id): Filled | null {
  switch (intent?.name) {
    case 'LogVisit':
      return {
        name: 'LogVisit',
        student: intent.student,
        body: visitAgain(intent, replaces === undefined ? {} : { replaces }),
        path: agency => paths.visit({ agency, id: intent.student }),
      };
    case 'LogAttempt':
      return {
        name: 'LogAttempt',
        student: intent.student,
        body: attemptAgain(intent, replaces === undefined ? {} : { replaces }),
        path: agency => paths.contact({ agency, id: intent.student }),
      };
    default:
      return null;
  }
}
