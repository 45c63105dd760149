// Why a sign-in or a code was not taken, in words a person can act on.
import type { Session } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

const words: Record<string, MessageId> = {
  UNAUTHENTICATED: 'signIn.error.wrong',
  NOT_FOUND: 'signIn.error.code',
  RATE_LIMITED: 'signIn.error.often',
  OFFLINE: 'signIn.error.offline',
  TOO_OLD: 'signIn.error.old',
  STORAGE: 'notKept',
};

const fields: Record<string, MessageId> = {
  code: 'signIn.error.code',
  login: 'signIn.error.taken',
  password: 'signIn.error.weak',
};

export function refusal({ code, field }: NonNullable<Session['error']>): MessageId {
  return fields[field ?? ''] ?? words[code] ?? 'signIn.error.other';
}
