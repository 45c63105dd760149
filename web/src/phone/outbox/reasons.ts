// Why something was not taken, and what helps, as a key of the catalogue.
import type { Code, Waiting } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

/** `BEGUN` is the core's own: a form about a student who left the phone. */
const reasons: Record<Code | 'BEGUN', MessageId> = {
  NOT_FOUND: 'outbox.reason.notFound',
  FROZEN: 'outbox.reason.frozen',
  INVALID: 'outbox.reason.invalid',
  EXISTS: 'outbox.reason.exists',
  DEPENDENCY: 'outbox.reason.because',
  GROUP: 'outbox.reason.group',
  UNRESOLVED: 'outbox.reason.unresolved',
  UNKNOWN_OPERATION: 'outbox.reason.unknown',
  DOCUMENT_CHANGED: 'outbox.reason.document',
  BEGUN: 'outbox.reason.begun',
};

const isKnown = (code: string): code is keyof typeof reasons => code in reasons;

export function reasonOf({
  code,
  because,
  intent,
}: Pick<Waiting, 'code' | 'because' | 'intent'>): MessageId {
  if (because != null) return 'outbox.reason.because';
  // The child has left this phone, and the words with them.
  if (intent == null && code !== 'BEGUN') return 'outbox.reason.left';
  // A server may be newer than this page.
  return code != null && isKnown(code) ? reasons[code] : 'outbox.reason.other';
}
