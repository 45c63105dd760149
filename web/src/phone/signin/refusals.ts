// Why a sign-in or a code was not taken, in words a person can act on.
import type { Session } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

const words: Record<string, MessageId> = {
  SIGN_IN_FAILED: 'signIn.error.wrong',
  CODE_UNKNOWN: 'signIn.error.code',
  BAD_USER_INPUT: 'signIn.error.weak',
  DEVICE_REVOKED: 'signIn.error.revoked',
  RATE_LIMITED: 'signIn.error.often',
  OFFLINE: 'signIn.error.offline',
  TOO_OLD: 'signIn.error.old',
  STORAGE: 'notKept',
};

export function refusal({ code }: NonNullable<Session['error']>): MessageId {
  return words[code] ?? 'signIn.error.other';
}
