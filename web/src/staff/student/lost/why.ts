// Why something was not taken, for those who were not its author.
import type { Refusal } from '~/api/schema.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

export const why: Record<Refusal, MessageId> = {
  NOT_FOUND: 'lost.why.access',
  INVALID: 'lost.why.invalid',
  FROZEN: 'lost.why.final',
  EXISTS: 'lost.why.twice',
  UNKNOWN_OPERATION: 'lost.why.unknown',
  GROUP: 'lost.why.together',
  UNRESOLVED: 'lost.why.choice',
  DEPENDENCY: 'lost.why.together',
  DOCUMENT_CHANGED: 'lost.why.document',
};
