// The words that somebody typed in something that waits; empty where there are none.
import type { Waiting } from '~/core/face.ts';

export function wordsOf({ intent }: Pick<Waiting, 'intent'>): string {
  switch (intent?.name) {
    case 'LogVisit':
    case 'LogAttempt':
    case 'AnswerMeeting':
      return intent.note;
    case 'AskOfRecord':
    case 'StateDisagreement':
      return intent.words;
    case 'EditInput':
    case 'EditStatement':
    case 'Resolve':
      return intent.value;
    default:
      return '';
  }
}
