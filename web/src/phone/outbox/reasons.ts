// Why something was not taken, and what helps, as a key of the catalogue.
import type { Waiting } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

const reasons: Record<string, MessageId> = {
  NOT_FOUND: 'outbox.reason.notFound',
  FROZEN: 'outbox.reason.frozen',
  INVALID: 'outbox.reason.invalid',
  EXISTS: 'outbox.reason.exists',
  DEPENDENCY: 'outbox.reason.because',
  UNRESOLVED: 'outbox.reason.unresolved',
  UNKNOWN_OPERATION: 'outbox.reason.unknown',
  BEGUN: 'outbox.reason.begun',
};

export function reasonOf({ code, because, intent }: Waiting): MessageId {
  if (because != null) return 'outbox.reason.because';
  // The child has left this phone, and the words with them.
  if (intent == null && code !== 'BEGUN') return 'outbox.reason.left';
  return reasons[code ?? ''] ?? 'outbox.reason.other';
}
