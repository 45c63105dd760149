// The passkeys of whoever is signed in to this browser. An access token that ran out is renewed
// once, unseen.
import { refresh } from '~/api/auth.ts';
import { post } from '~/api/post.ts';
import { Keys, type Asked } from '~/passkeys/keys.ts';

async function ask(path: string, body: unknown): Promise<Asked> {
  const response = await post(path, body);
  const text = await response.text();
  const isJson = text.startsWith('{');
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : null };
}

const ended = ({ status, body }: Asked) =>
  status === 401 && !JSON.stringify(body).includes('SIGN_IN_FAILED');

export const keys = new Keys(async (path, body) => {
  const asked = await ask(path, body);
  if (!ended(asked)) return asked;
  await refresh();
  return ask(path, body);
});
