// Somebody who signs in to the sample without a browser: what every client that is not ours does.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

export const DIRECTOR = { login: 'director', password: 'quiet maple window' };
export const MANAGER = { login: 'manager', password: 'seven copper kettles' };

/** Signs in as a phone would, and asks as the bearer of the token. */
export async function signIn(address, who) {
  const device = { kind: 'phone', name: 'Door test', store: randomUUID() };
  const reply = await post(`${address}/auth/sign-in`, { ...who, device });
  assert.equal(reply.status, 200);
  const { access } = await reply.json();
  return {
    token: access,
    async ask(query, variables = {}) {
      const answer = await post(`${address}/graphql`, { query, variables }, { authorization: `Bearer ${access}` });
      const { data, errors } = await answer.json();
      assert.equal(errors, undefined);
      return data;
    },
  };
}

function post(url, body, headers = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });
}
