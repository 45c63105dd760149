// GraphQL over HTTP, judged by the audits of graphql-http, which nobody here wrote.

import assert from 'node:assert/strict';
import test, { before, after } from 'node:test';

import { serverAudits } from 'graphql-http';

import { Server } from '../browser/server.mjs';

let server;
before(async () => {
  // Some of the audits ask about the schema.
  server = await Server.start('--introspection');
});
after(() => server.throwAway());

const audits = serverAudits({ url: () => `${server.address}/graphql`, fetchFn: fetch });

for (const audit of audits) {
  test(audit.name, async () => {
    const { status, reason } = await audit.fn();
    assert.equal(status, 'ok', reason);
  });
}

test('the audits are all there', () => assert.equal(audits.length, 61));
