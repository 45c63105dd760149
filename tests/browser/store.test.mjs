import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Phone } from './driver.mjs';
import { serveFolders } from './files.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test('what the core writes in a browser is there after a reload and after the browser ended', async (t) => {
  const files = await serveFolders({
    '/hello/': here('hello'),
    '/wasm/': here('../../web/src/core/wasm'),
  });
  t.after(() => files.stop());
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  const ask = (page, question) => page.evaluate((question) => window.ask(question), question);

  let page = await phone.visit(`${files.address}/hello/index.html`);
  const rows = Array.from({ length: 100 }, (_, row) => `row ${row}`);
  assert.equal(await ask(page, { add: rows }), 100);

  await page.reload();
  assert.equal(await ask(page, {}), 100);

  await phone.close();
  await phone.open();
  page = await phone.visit(`${files.address}/hello/index.html`);
  assert.equal(await ask(page, {}), 100);
});
