// What is asked of the account of whoever is signed in to this browser. An access token that ran out
// is renewed once, unseen.
import { refresh } from '~/api/auth.ts';
import type { Ask, Asked } from '~/api/question.ts';
import { byCookies } from '~/api/request.ts';

const ended = ({ status, body }: Asked) =>
  status === 401 && !JSON.stringify(body).includes('SIGN_IN_FAILED');

export const ask: Ask = async (path, body) => {
  const asked = await byCookies(path, body);
  if (!ended(asked)) return asked;
  await refresh();
  return byCookies(path, body);
};
