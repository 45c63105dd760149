// Asks the server one typed question. An access token that ran out is renewed once, unseen; what
// cannot be mended becomes a Fault.
import { refresh } from './auth.ts';
import { documentId } from './documentId.ts';
import { Fault, faultOf } from './fault.ts';
import { post } from './post.ts';
import type { TypedDocumentString } from './schema.ts';

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

const UNKNOWN = 'UNKNOWN_DOCUMENT';

export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  try {
    return await ask(document, variables);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'signIn') throw error;
    await refresh();
    return ask(document, variables);
  }
}

async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const query = document.toString();
  const id = await documentId(query);
  const named = id === null ? null : await say<Result>({ documentId: id, variables });
  // A server that has not this page's build does not know it by name.
  const isKnown = named?.answer.errors?.[0]?.extensions?.code !== UNKNOWN;
  const { response, answer } =
    named !== null && isKnown ? named : await say<Result>({ query, variables });
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw faultOf(error.extensions?.code, error.extensions?.requestId);
  if (answer.data == null) throw response.status >= 500 ? new Fault('wait') : new Fault('report');
  return answer.data;
}

async function say<Result>(body: unknown): Promise<{ response: Response; answer: Answer<Result> }> {
  const response = await post('/graphql', body);
  if (response.status === 401) throw new Fault('signIn');
  if (response.status === 429) throw new Fault('wait');
  return { response, answer: (await response.json().catch(() => ({}))) as Answer<Result> };
}
