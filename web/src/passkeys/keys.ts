// What a person does with their passkeys. Staff pages ask the server by their cookies, phones by
// the token in the core's worker; which of the two is the page's business.
import { Fault } from '~/api/fault.ts';
import { question, type Ask, type Asked } from '~/api/question.ts';
import {
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  type PasskeyRowFragment,
} from '~/api/schema.ts';
import type { UserError } from '~/api/useOperation.ts';
import { uuid7 } from '~/api/uuid7.ts';
import { make, sign, type Offer, type Signed } from './authenticator.ts';

interface Changed {
  passkeys: PasskeyRowFragment[];
  userErrors: UserError[];
}

/** By what a person shows that it is them: by what their account has. */
export interface Confirm {
  password: boolean;
  passkey: boolean;
}

/** What came of adding one. The sign-in may be so old that they have to show who they are. */
export type Added =
  Confirm | 'added' | 'password' | 'offline' | 'wait' | 'known' | 'none' | 'refused';

export class Keys {
  #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async list(): Promise<PasskeyRowFragment[]> {
    return (await question(this.#ask, PasskeysDocument, {})).viewer?.passkeys ?? [];
  }

  async rename(passkey: string, name: string): Promise<Changed> {
    const input = { operationId: uuid7(), passkey, name };
    return (await question(this.#ask, RenamePasskeyDocument, { input })).passkeyRename;
  }

  async remove(passkey: string): Promise<Changed> {
    const input = { operationId: uuid7(), passkey };
    return (await question(this.#ask, RemovePasskeyDocument, { input })).passkeyRemove;
  }

  /** Adds one that this phone or computer makes. */
  async add(shown: { password?: string; passkey?: Signed } = {}): Promise<Added> {
    const offered = await this.#ask('/auth/passkey/offer', shown);
    if (offered.status === 403) return confirmBy(offered);
    if (offered.status === 429) return 'wait';
    if (codeOf(offered) === 'SIGN_IN_FAILED') return 'password';
    if (codeOf(offered) === 'PASSKEY_REFUSED') return 'refused';
    if (offered.status !== 200) return refused(offered);
    const offer = offered.body as Offer;
    const credential = await make(offer);
    if (credential === null) return 'none';
    if (credential === 'known') return 'known';
    const added = await this.#ask('/auth/passkey/add', { challenge: offer.challenge, credential });
    return added.status === 204 ? 'added' : refused(added);
  }

  /** The same, by somebody who shows who they are with a passkey that they have. */
  async addByPasskey(): Promise<Added> {
    const passkey = await sign();
    return typeof passkey === 'string' ? passkey : this.add({ passkey });
  }
}

function confirmBy({ body }: Asked): Confirm {
  const by = (body as { error?: { by?: Partial<Confirm> } } | null)?.error?.by;
  return { password: by?.password ?? true, passkey: by?.passkey ?? false };
}

function refused(asked: Asked): Added {
  if (asked.status === 401) throw new Fault('signIn');
  if (asked.status >= 500) throw new Fault('wait');
  return 'refused';
}

function codeOf({ body }: Asked): string | undefined {
  return (body as { error?: { code?: string } } | null)?.error?.code;
}
