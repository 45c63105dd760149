// Asks the server one typed question by the cookies of this browser. An access token that ran out
// is renewed once, unseen.
import { refresh } from './auth.ts';
import { Fault } from './fault.ts';
import { post } from './post.ts';
import { question, type Ask } from './question.ts';
import type { TypedDocumentString } from './schema.ts';

export const byCookies: Ask = async (path, body) => {
  const response = await post(path, body);
  return { status: response.status, body: (await response.json().catch(() => null)) as unknown };
};

export async function request<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  try {
    return await question(byCookies, document, variables);
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'signIn') throw error;
    await refresh();
    return question(byCookies, document, variables);
  }
}
