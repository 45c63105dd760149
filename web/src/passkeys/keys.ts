// What a person does with their passkeys. Staff pages ask the server by their cookies, phones by
// the token in the core's worker; which of the two is the page's business.
import { documentId } from '~/api/documentId.ts';
import { Fault, faultOf } from '~/api/fault.ts';
import {
  PasskeysDocument,
  RemovePasskeyDocument,
  RenamePasskeyDocument,
  type PasskeyRowFragment,
  type TypedDocumentString,
} from '~/api/schema.ts';
import type { UserError } from '~/api/useOperation.ts';
import { uuid7 } from '~/api/uuid7.ts';
import { make, type Offer } from './authenticator.ts';

export interface Asked {
  status: number;
  body: unknown;
}

/** Asks the server as the person who is signed in. */
export type Ask = (path: string, body: unknown) => Promise<Asked>;

interface Changed {
  passkeys: PasskeyRowFragment[];
  userErrors: UserError[];
}

/** What came of adding one. `confirm`: the person has to say their password. */
export type Added = 'added' | 'confirm' | 'password' | 'wait' | 'known' | 'none' | 'refused';

export class Keys {
  #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = (path, body) =>
      ask(path, body).catch((error: unknown) => {
        throw error instanceof Fault ? error : new Fault('offline');
      });
  }

  async list(): Promise<PasskeyRowFragment[]> {
    return (await this.#graphql(PasskeysDocument, {})).viewer?.passkeys ?? [];
  }

  async rename(passkey: string, name: string): Promise<Changed> {
    const input = { operationId: uuid7(), passkey, name };
    return (await this.#graphql(RenamePasskeyDocument, { input })).passkeyRename;
  }

  async remove(passkey: string): Promise<Changed> {
    const input = { operationId: uuid7(), passkey };
    return (await this.#graphql(RemovePasskeyDocument, { input })).passkeyRemove;
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

  async #graphql<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const query = document.toString();
    const id = await documentId(query);
    const asked = await this.#ask(
      '/graphql',
      id === null ? { query, variables } : { documentId: id, variables },
    );
    const { data, errors } = asked.body as {
      data?: Result | null;
      errors?: { extensions?: { code?: string; requestId?: string } }[];
    };
    const [error] = errors ?? [];
    if (error !== undefined) throw faultOf(error.extensions?.code, error.extensions?.requestId);
    if (data == null) throw new Fault('report');
    return data;
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
