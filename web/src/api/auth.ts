// Signing in and out. The tokens travel in cookies that no script can read; a page only learns
// whether it worked.
import { Fault, faultOf } from './fault.ts';
import { post } from './post.ts';

interface AuthError {
  error?: { code?: string; message?: string; field?: string };
}

/** Why a sign-in was refused, as a code of the catalogue. */
export type Refusal =
  'code' | 'credentials' | 'login' | 'noPasskey' | 'passkey' | 'password' | 'wait' | IssuerRefusal;

/** Why somebody was not let in who came by their agency's own sign-in. */
export type IssuerRefusal =
  'issuer' | 'issuerAway' | 'nobody' | 'several' | 'further' | 'turnedBack';

/** Resolves to `null` when signed in. An unknown login and a wrong password are the same refusal. */
export function signIn(login: string, password: string): Promise<Refusal | null> {
  return enter('/auth/sign-in', { login, password });
}

/** The first sign-in, with a code that somebody handed out. */
export function redeem(code: string, login: string, password: string): Promise<Refusal | null> {
  return enter('/auth/redeem', { code, login, password });
}

/** With a key in this phone or computer, which knows whose it is. */
export async function signInWithPasskey(signed: object): Promise<Refusal | null> {
  const refusal = await enter('/auth/passkey/sign-in', signed);
  return refusal === 'credentials' ? 'passkey' : refusal;
}

const issuerRefusals: Record<string, Refusal> = {
  ISSUER_REFUSED: 'issuer',
  ISSUER_AWAY: 'issuerAway',
  NO_ISSUER: 'issuerAway',
  NOBODY_MATCHES: 'nobody',
  SEVERAL_MATCH: 'several',
  OPENS_MORE: 'further',
  RATE_LIMITED: 'wait',
};

/** Leaves this page for an agency's own sign-in. */
export async function goToIssuer(agency: string): Promise<Refusal | null> {
  const response = await post('/auth/oidc/begin', { agency });
  if (!response.ok) return issuerRefusal(response);
  const { address } = (await response.json()) as { address: string };
  location.assign(address);
  return null;
}

/** Comes back from there with what it gave. */
export async function comeBack(given: {
  state: string;
  code: string;
  iss: string | null;
}): Promise<Refusal | null> {
  const device = { kind: 'web', name: browserName() };
  const response = await post('/auth/oidc/finish', { ...given, device });
  return response.ok ? null : issuerRefusal(response);
}

async function issuerRefusal(response: Response): Promise<Refusal> {
  const body = (await response
    .clone()
    .json()
    .catch(() => ({}))) as AuthError;
  const refusal = issuerRefusals[body.error?.code ?? ''];
  if (refusal === undefined) throw await faultFrom(response);
  return refusal;
}

async function enter(path: string, words: object): Promise<Refusal | null> {
  const response = await post(path, { ...words, device: { kind: 'web', name: browserName() } });
  if (response.ok) return null;
  if (response.status === 404) return 'code';
  if (response.status === 429) return 'wait';
  if (response.status >= 500) throw await faultFrom(response);
  const { error } = (await response.json().catch(() => ({}))) as AuthError;
  return error?.field === 'login' || error?.field === 'password' ? error.field : 'credentials';
}

let refreshing: Promise<void> | null = null;

/** A new access token from the refresh cookie; every caller waits for the same request. */
export function refresh(): Promise<void> {
  refreshing ??= renew().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function renew(): Promise<void> {
  const response = await post('/auth/refresh', {});
  if (response.ok) return;
  throw response.status === 401 ? new Fault('signIn') : await faultFrom(response);
}

export async function signOut(): Promise<void> {
  const response = await post('/auth/sign-out', {});
  if (!response.ok && response.status !== 401) throw await faultFrom(response);
}

async function faultFrom(response: Response): Promise<Fault> {
  const body = (await response.json().catch(() => ({}))) as AuthError;
  return faultOf(body.error?.code, response.headers.get('x-request-id') ?? undefined);
}

/** What the list of devices shows: `Firefox on Windows`. */
function browserName(): string {
  const agent = navigator.userAgent;
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find(name =>
    agent.includes(`${name}/`),
  );
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'CrOS', 'Mac', 'Linux'].find(name =>
    agent.includes(name),
  );
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', CrOS: 'Chromebook' };
  const word = (name: string | undefined) => (name === undefined ? 'Web' : (names[name] ?? name));
  return `${word(browser)} · ${word(system)}`;
}
