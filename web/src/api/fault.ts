// What went wrong, named by what a person can do next.
export type FaultKind =
  | 'offline' // no answer: look at the connection, try again
  | 'signIn' // the sign-in ended: sign in again
  | 'wait' // too much at once: try again in a while
  | 'update' // this page is older than the server: reload
  | 'input' // something in the question made no sense: correct it
  | 'gone' // nothing there that this person may see
  | 'report'; // our fault: tell us the number

export class Fault extends Error {
  override name = 'Fault';
  constructor(
    readonly kind: FaultKind,
    /** The number under which the server wrote down what happened. */
    readonly requestId?: string,
  ) {
    super(kind);
  }
}

const kinds: Record<string, FaultKind> = {
  UNAUTHENTICATED: 'signIn',
  SIGN_IN_AGAIN: 'signIn',
  NOT_FOUND: 'gone',
  BAD_USER_INPUT: 'input',
  RATE_LIMITED: 'wait',
  UNAVAILABLE: 'wait',
  BUSY: 'wait',
  TOO_OLD: 'update',
  UNTRUSTED_DOCUMENT: 'update',
};

export function faultOf(code: string | undefined, requestId?: string): Fault {
  return new Fault(kinds[code ?? ''] ?? 'report', requestId);
}

export function asFault(error: unknown): Fault {
  return error instanceof Fault ? error : new Fault('report');
}
