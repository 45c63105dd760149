// Asks the server for a file by the cookies of this browser. An access token that ran out is renewed
// once, unseen.
import { refresh } from './auth.ts';
import { post } from './post.ts';
import type { Asked } from './question.ts';

export async function requestFile(path: string, body: unknown): Promise<Asked> {
  let response = await post(path, body);
  if (response.status === 401) {
    await refresh();
    response = await post(path, body);
  }
  const isFile = response.headers.get('content-type') === 'application/zip';
  const read = isFile ? response.blob() : response.json().catch(() => null);
  return { status: response.status, body: (await read) as unknown };
}
