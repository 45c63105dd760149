// Asks the server one typed question. An access token that ran out is renewed once, unseen; what
// cannot be mended becomes a Fault.
import { refresh } from './auth.ts';
import { Fault, faultOf } from './fault.ts';
import { post } from './post.ts';
import type { TypedDocumentString } from './schema.ts';

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

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
  const response = await post('/graphql', { query: document.toString(), variables });
  if (response.status === 401) throw new Fault('signIn');
  const answer = (await response.json().catch(() => ({}))) as Answer<Result>;
  const [error] = answer.errors ?? [];
  if (error !== undefined) throw faultOf(error.extensions?.code, error.extensions?.requestId);
  if (answer.data == null) throw response.status >= 500 ? new Fault('wait') : new Fault('report');
  return answer.data;
}
