import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import { Phone } from './driver.mjs';
import { serveFolders } from './files.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const chunk = (message) => deflateRawSync(JSON.stringify(message)).toString('base64url');

const [agency, account, person, student] = Array.from({ length: 4 }, () => randomUUID());
const sent = (effects) => effects.findLast(({ type }) => type === 'send');
const reply = (effects, body) => ({
  type: 'reply',
  request: sent(effects).request,
  status: 200,
  body: JSON.stringify(body),
});

/** What a server answers to a provider's sign-in and first pull: one student. */
const tokens = {
  access: 'access',
  accessExpiresAt: Date.now() + 900_000,
  refresh: 'refresh',
  serverTime: Date.now(),
  account: {
    id: account,
    login: 'mara',
    locale: 'en',
    people: [{ agency: { id: agency, name: 'District', timeZone: 'UTC' }, person, name: 'Mara', staffRole: 'provider' }],
  },
};
/** By columns of one row each (docs/sync.md). */
const record = {
  s: [student],
  m: { op: [randomUUID()], by: [person], at: [0] },
  f: { name: ['Ana'] },
};
const page = {
  server_time: Date.now() * 1000,
  scopes: [`${agency.replaceAll('-', '')}/student/${student.replaceAll('-', '')}/glance`],
  fill: [0],
  rows: [{ scope: 0, groups: [{ kind: 'student', versions: [1], ids: [student], record }] }],
  cursor: 'cursor',
  complete: true,
};
const visit = () => ({
  type: 'do',
  id: randomUUID(),
  agency,
  intent: {
    name: 'LogVisit',
    student,
    service: 'speech',
    startedAt: 0,
    endedAt: 1_800_000,
    attendance: 'present',
    note: 'He said his name.',
    points: [],
  },
});

test('what the core keeps in a browser is there after a reload and after the browser ended', async (t) => {
  const files = await serveFolders({
    '/hello/': here('hello'),
    '/wasm/': here('../../web/src/core/wasm'),
  });
  t.after(() => files.stop());
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  const ask = (page, screen, events) =>
    page.evaluate((question) => window.ask(question), { screen, events });

  let tab = await phone.visit(`${files.address}/hello/index.html`);
  const signIn = { type: 'signIn', login: 'mara', password: 'a long sentence' };
  let { effects } = await ask(tab, 'session', [{ type: 'online' }, signIn]);
  ({ effects } = await ask(tab, 'session', [reply(effects, tokens)]));
  const pulled = { data: { syncPull: chunk({ page }) } };
  await ask(tab, 'home', [reply(effects, pulled), { type: 'offline' }]);
  const visits = Array.from({ length: 100 }, visit);
  const { shown } = await ask(tab, 'home', visits);
  assert.deepEqual([shown.students[0].name, shown.unsent], ['Ana', 100]);

  await tab.reload();
  assert.equal((await ask(tab, 'home')).shown.unsent, 100);

  await phone.close();
  await phone.open();
  tab = await phone.visit(`${files.address}/hello/index.html`);
  assert.equal((await ask(tab, 'outbox')).shown.operations.length, 100);
  assert.equal((await ask(tab, 'session')).shown.state, 'ready');
});
