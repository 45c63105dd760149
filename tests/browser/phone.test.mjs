// The phone app before anybody signs in: it opens without a network from the first visit on.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Phone } from './driver.mjs';
import { Server } from './server.mjs';

async function opened(t) {
  const server = await Server.start();
  t.after(() => server.throwAway());
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  return { server, phone, address: `${server.address}/phone/` };
}

const title = (tab) => tab.locator('h1').textContent();
const takenOver = (tab) => tab.evaluate(() => navigator.serviceWorker.ready.then(() => true));

test('after one visit the app opens without a network, also after the browser ended', async (t) => {
  const { phone, address } = await opened(t);
  let tab = await phone.visit(address);
  await takenOver(tab);
  await tab.getByLabel('E-mail or sign-in name').waitFor();

  await phone.context.setOffline(true);
  await tab.reload();
  assert.equal(await title(tab), 'Welcome');

  await phone.close();
  await phone.open();
  await phone.context.setOffline(true);
  tab = await phone.visit(`${address}settings`);
  assert.equal(await title(tab), 'Welcome');
});
