// Why a sign-in or a code was not taken, in words a person can act on.
import type { MessageId } from '~/i18n/catalogue.ts';

const words: Record<string, MessageId> = {
  BAD_SIGN_IN: 'signIn.error.wrong',
  UNAUTHENTICATED: 'signIn.error.wrong',
  BAD_CODE: 'signIn.error.code',
  LOGIN_TAKEN: 'signIn.error.taken',
  WEAK_PASSWORD: 'signIn.error.weak',
  RATE_LIMITED: 'signIn.error.often',
  OFFLINE: 'signIn.error.offline',
  TOO_OLD: 'signIn.error.old',
};

export function refusal(code: string): MessageId {
  return words[code] ?? 'signIn.error.other';
}
