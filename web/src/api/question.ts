// One typed question to the server, over whatever way a page has there: the cookies of a desk, or
// the token in the worker of a phone. What cannot be mended becomes a Fault.
import { documentId } from './documentId.ts';
import { Fault, faultOf } from './fault.ts';
import type { TypedDocumentString } from './schema.ts';

export interface Asked {
  status: number;
  /** `null` when what came was no JSON. */
  body: unknown;
}

/** Asks the server as the person who is signed in; rejects with a Fault when there is no contact. */
export type Ask = (path: string, body: unknown) => Promise<Asked>;

interface Answer<Result> {
  data?: Result | null;
  errors?: { extensions?: { code?: string; requestId?: string } }[];
}

const UNKNOWN = 'UNKNOWN_DOCUMENT';

export async function question<Result, Variables>(
  ask: Ask,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const query = document.toString();
  const id = await documentId(query);
  const named = id === null ? null : await say<Result>(ask, { documentId: id, variables });
  // A server that has not this page's build does not know it by name.
  const isKnown = named?.answer.errors?.[0]?.extensions?.code !== UNKNOWN;
  const { status, answer } =
    named !== null && isKnown ? named : await say<Result>(ask, { query, variables });
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw faultOf(error.extensions?.code, error.extensions?.requestId);
  if (answer.data == null) throw status >= 500 ? new Fault('wait') : new Fault('report');
  return answer.data;
}

async function say<Result>(ask: Ask, asked: unknown) {
  const { status, body } = await ask('/graphql', asked);
  if (status === 401) throw new Fault('signIn');
  if (status === 429) throw new Fault('wait');
  return { status, answer: (body ?? {}) as Answer<Result> };
}
