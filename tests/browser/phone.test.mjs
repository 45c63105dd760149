// The phone app as an app: it opens without a network, lives in two tabs at once, takes a new
// version while work is unsent, and says at once where a browser would not keep anything.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { Phone, atDesk, desk, inHand } from './driver.mjs';
import { copyOfPages } from './later-build.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, RUTH, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

let pages;
let server;
let browser;

test.before(async () => {
  pages = await copyOfPages();
  [server, browser] = await Promise.all([Server.withPages(pages.folder, '--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
  await pages?.throwAway();
});

async function visitsOnFile() {
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  return ruth.part('Visits');
}

const title = (tab) => tab.locator('h1').textContent();

test('after one visit the app opens without a network, also after the browser ended', async (t) => {
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  const address = `${server.address}/phone/`;
  let tab = await phone.visit(address);
  await tab.evaluate(() => navigator.serviceWorker.ready.then(() => true));
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

test('two tabs are one phone: when the one that leads is closed, the other goes on, and nothing is doubled', async () => {
  const notes = ['Two tabs, first note.', 'Two tabs, second note.', 'Two tabs, third note.'];
  const context = await inHand(browser);
  const first = await OnThePhone.signedIn(context, server, SAMIRA);
  const second = await OnThePhone.open(context, server);
  await first.losesSignal();
  await second.logsVisit(LUZ, notes[0]);
  await first.sees('1 thing is kept on this phone.');

  await second.goesHome();
  await second.writesVisit(LUZ, notes[1]);
  await Promise.all([second.presses('Save visit'), first.page.close()]);
  await second.sees('Kept on this phone');

  const third = await OnThePhone.open(context, server);
  await third.writesVisit(LUZ, notes[2]);
  await Promise.all([third.presses('Save visit'), second.page.close()]);
  await third.sees('Kept on this phone');
  await third.findsSignal();
  await third.sees('The school has it');

  const visits = await visitsOnFile();
  for (const note of notes) assert.equal(await visits.getByText(note).count(), 1, note);
});

test('a phone too busy to answer is told everything twice, and keeps it once', async () => {
  const notes = ['Said while the phone was busy.', 'Said after that.'];
  const context = await inHand(browser);
  const first = await OnThePhone.signedIn(context, server, SAMIRA);
  const second = await OnThePhone.open(context, server);
  await second.writesVisit(LUZ, 'Said');
  await first.isBusy(5_000);
  await second.notes(notes[0]);
  await second.page.waitForTimeout(500);
  await second.presses('Save visit');
  await second.sees('The school has it');

  await second.goesHome();
  await second.writesVisit(LUZ, notes[1]);
  assert.equal(await second.text('You began this visit before').count(), 0);
  await second.presses('Save visit');
  await second.sees('The school has it');
  const visits = await visitsOnFile();
  for (const note of notes) assert.equal(await visits.getByText(note).count(), 1, note);
});

test('one form open in two tabs becomes two visits, not one that swallows the other', async () => {
  const notes = ['Written in one tab.', 'Written in the other.'];
  const context = await inHand(browser);
  const first = await OnThePhone.signedIn(context, server, SAMIRA);
  await first.writesVisit(LUZ, 'Begun.');
  await first.page.waitForTimeout(500);
  const second = await OnThePhone.open(context, server);
  await second.page.goto(first.page.url());
  await second.sees('You began this visit before');
  await first.notes(notes[0]);
  await second.notes(notes[1]);
  await first.presses('Save visit');
  await first.sees('The school has it');
  await second.presses('Save visit');
  await second.sees('This was saved in another tab already');
  await second.presses('Save visit');
  await second.sees('The school has it');
  const visits = await visitsOnFile();
  for (const note of notes) assert.equal(await visits.getByText(note).count(), 1, note);
});

test('the app takes a new version while a visit is unsent, and sends it afterwards', async () => {
  const note = 'Written with the old version.';
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  await samira.context.route('**/graphql', (route) => route.abort('connectionreset'));
  await samira.logsVisit(LUZ, note);

  await pages.update('9.9.9');
  // What the browser does by itself at each opening, and the page every hour.
  await samira.page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistration()).update(),
  );
  await samira.goesHome();
  await samira.sees('A new version is ready');
  const inspection = new Inspection('phone');
  await inspection.look(samira.page, 'a new version');
  assert.deepEqual(inspection.found, []);
  await samira.presses('Use it now');
  await samira.page.getByText('A new version is ready').waitFor({ state: 'detached' });
  await samira.goesTo('settings');
  await samira.sees('Version 9.9.9');
  await samira.goesTo('waiting');
  await samira.page.getByRole('listitem').filter({ hasText: LUZ }).waitFor();

  await samira.context.unroute('**/graphql');
  await samira.goesHome();
  await samira.reads('sent');
  assert.equal(await (await visitsOnFile()).getByText(note).count(), 1);
});

test('a visit that still waits is taken back, put right, and arrives once', async () => {
  const [wrong, right] = ['Worked on /r/ with Leo.', 'Worked on /r/ with Luz.'];
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, wrong);
  await samira.presses('Undo and change it');
  const note = samira.page.getByLabel('Note');
  assert.equal(await note.inputValue(), wrong);
  await note.fill(right);
  await samira.presses('Save visit');
  await samira.sees('1 thing is kept on this phone.');
  await samira.findsSignal();
  await samira.sees('The school has it');
  const visits = await visitsOnFile();
  assert.equal(await visits.getByText(right).count(), 1);
  assert.equal(await visits.getByText(wrong).count(), 0);
});

test('a browser that keeps nothing is told so before anything can be typed', async (t) => {
  const phone = await Phone.inBox();
  await mkdir(join(phone.profile, 'Default'));
  // The person blocked site data in the browser's settings.
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(phone.profile, 'Default/Preferences'), JSON.stringify(blocked));
  await phone.open();
  t.after(() => phone.throwAway());
  const tab = await phone.visit(`${server.address}/phone/`);
  await tab.getByRole('heading', { level: 1, name: 'This window cannot keep your work' }).waitFor();
  assert.equal(await tab.getByRole('textbox').count(), 0);
  const inspection = new Inspection('phone');
  await inspection.look(tab, 'nothing can be kept');
  assert.deepEqual(inspection.found, []);
});
