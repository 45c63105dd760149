// Why a sign-in or a code was not taken, in words a person can act on.
import type { Session } from '~/core/face.ts';
import type { MessageId } from '~/i18n/catalogue.ts';

const words: Record<string, MessageId> = {
  SIGN_IN_FAILED: 'signIn.error.wrong',
  PASSKEY_REFUSED: 'signIn.error.passkey',
  CODE_UNKNOWN: 'signIn.error.code',
  DEVICE_REVOKED: 'signIn.error.revoked',
  RATE_LIMITED: 'signIn.error.often',
  OFFLINE: 'signIn.error.offline',
  TOO_OLD: 'signIn.error.old',
  STORAGE: 'notKept',
};

type Refusal = Pick<NonNullable<Session['error']>, 'code' | 'field'>;

/** `isNew`: with a code, where a name may be somebody else's and a password is chosen. */
export function refusal({ code, field }: Refusal, isNew = false): MessageId {
  if (isNew && code === 'SIGN_IN_FAILED') return 'signIn.error.taken';
  if (code === 'BAD_USER_INPUT' && field === 'password') return 'signIn.error.weak';
  if (code === 'BAD_USER_INPUT' && field === 'login') return 'signIn.error.name';
  return words[code] ?? 'signIn.error.other';
}
