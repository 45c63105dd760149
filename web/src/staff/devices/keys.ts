// The passkeys of whoever is signed in to this browser. An access token that ran out is renewed
// once, unseen.
import { refresh } from '~/api/auth.ts';
import type { Asked } from '~/api/question.ts';
import { byCookies } from '~/api/request.ts';
import { Keys } from '~/passkeys/keys.ts';

const ended = ({ status, body }: Asked) =>
  status === 401 && !JSON.stringify(body).includes('SIGN_IN_FAILED');

export const keys = new Keys(async (path, body) => {
  const asked = await byCookies(path, body);
  if (!ended(asked)) return asked;
  await refresh();
  return byCookies(path, body);
});
