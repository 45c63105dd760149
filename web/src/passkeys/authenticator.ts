// The phone's or computer's own part in a passkey: it asks for a finger, a face or a PIN, and then
// makes a key or signs with one.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { Fault } from '~/api/fault.ts';
import { post } from '~/api/post.ts';
import { waysIn } from '~/api/ways.ts';

/** What the server asks; `challenge` goes back with the answer. */
export interface Question<Options> {
  challenge: string;
  publicKey: Options;
}

export type Offer = Question<PublicKeyCredentialCreationOptionsJSON>;

/** An answer to the door's question. */
export interface Signed {
  challenge: string;
  credential: AuthenticationResponseJSON;
}

/** Asks for a passkey of this site. `none`: there is none here, or the person turned away. */
export async function sign(): Promise<Signed | 'none' | 'offline' | 'wait'> {
  const response = await post('/auth/passkey/ask', {}).catch(() => null);
  if (response === null) return 'offline';
  if (response.status === 429) return 'wait';
  if (!response.ok) throw new Fault('report', response.headers.get('x-request-id') ?? undefined);
  const asked = (await response.json()) as Question<PublicKeyCredentialRequestOptionsJSON>;
  try {
    const credential = await startAuthentication({ optionsJSON: asked.publicKey });
    return { challenge: asked.challenge, credential };
  } catch {
    return 'none';
  }
}

/** Makes a passkey; `known` when there is one of this account here already. */
export async function make({
  publicKey,
}: Offer): Promise<RegistrationResponseJSON | 'known' | null> {
  try {
    return await startRegistration({ optionsJSON: publicKey });
  } catch (error) {
    const known = error instanceof WebAuthnError && error.code === KNOWN;
    return known ? 'known' : null;
  }
}

const KNOWN = 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';

/** Whether passkeys work on this page: the browser knows them, and they belong to this address.
    `null` when nobody could be asked. */
export async function areOffered(): Promise<boolean | null> {
  if (!browserSupportsWebAuthn()) return false;
  const ways = await waysIn();
  return ways === null ? null : ways.passkeys === location.origin;
}
