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
import { make, type Offer } from './authenticator.ts';

interface Changed {
  passkeys: PasskeyRowFragment[];
  userErrors: UserError[];
}

/** What came of adding one. `confirm`: the person has to say their password. */
export type Added = 'added' | 'confirm' | 'password' | 'wait' | 'known' | 'none' | 'refused';

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

  /** Adds one that this phone or computer makes. The password is asked for when the sign-in is old. */
  async add(password?: string): Promise<Added> {
    const offered = await this.#ask('/auth/passkey/offer', { password });
    if (offered.status === 403) return 'confirm';
    if (offered.status === 429) return 'wait';
    if (offered.status === 401 && codeOf(offered) === 'SIGN_IN_FAILED') return 'password';
    if (offered.status !== 200) return refused(offered);
    const offer = offered.body as Offer;
    const credential = await make(offer);
    if (credential === null) return 'none';
    if (credential === 'known') return 'known';
    const added = await this.#ask('/auth/passkey/add', { challenge: offer.challenge, credential });
    return added.status === 204 ? 'added' : refused(added);
  }
}

function refused(asked: Asked): Added {
  if (asked.status === 401) throw new Fault('signIn');
  if (asked.status >= 500) throw new Fault('wait');
  return 'refused';
}

function codeOf({ body }: Asked): string | undefined {
  return (body as { error?: { code?: string } } | null)?.error?.code;
}
