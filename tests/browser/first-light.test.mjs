// First light, whole: a visit logged without signal reaches the open page of the staff by itself.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Phone, desk } from './driver.mjs';
import { Server } from './server.mjs';

const PROVIDER = { login: 'provider', password: 'yellow river lantern' };
const DIRECTOR = { login: 'director', password: 'quiet maple window' };
const NOTE = 'Sorted /r/ picture cards, then told me about them.';

async function signIn(page, { login, password }) {
  await page.getByRole('textbox').first().fill(login);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
}

test('a visit logged offline is kept, survives the browser, and shows on the open staff page', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  const browser = await desk();
  t.after(() => browser.close());

  let app = await phone.visit(`${server.address}/phone/`);
  await signIn(app, PROVIDER);
  await app.getByRole('link', { name: /log a visit/i }).first().waitFor();
  await app.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await phone.context.setOffline(true);
  await phone.close();
  await phone.open();
  await phone.context.setOffline(true);

  app = await phone.visit(`${server.address}/phone/`);
  let taps = 0;
  const tap = async (what) => {
    taps += 1;
    await what.click();
  };
  await tap(app.getByRole('link', { name: /log a visit/i }).first());
  const student = await app.getByRole('banner').getByRole('paragraph').innerText();
  // Opportunities for the first goal, one tap; the note is typed.
  await tap(app.getByRole('group', { name: /how many/i }).first().getByRole('button', { name: '12', exact: true }));
  await app.getByLabel(/note/i).fill(NOTE);
  await tap(app.getByRole('button', { name: 'Save visit' }));
  await app.getByText(/kept on this phone/i).first().waitFor();
  assert.ok(taps < 10, `${taps} taps`);

  const staff = await browser.newPage();
  await staff.goto(`${server.address}/staff/`);
  await signIn(staff, DIRECTOR);
  await staff.getByRole('searchbox').or(staff.getByLabel(/search/i)).first().fill(student.split(' ')[0]);
  await staff.getByRole('link', { name: student }).first().click();
  await staff.getByRole('heading', { level: 1, name: student }).waitFor();
  assert.equal(await staff.getByText(NOTE).count(), 0);

  await phone.context.setOffline(false);
  await app.getByText('All sent').waitFor();
  const sent = Date.now();
  await staff.getByText(NOTE).waitFor();
  t.diagnostic(`on the staff page ${Date.now() - sent} ms after the phone knew that it was taken`);
});
