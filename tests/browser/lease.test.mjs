// A phone that had no contact for too long: it says so some days before, closes by itself, keeps what
// was written, and opens with the next contact.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Inspection } from './checks.mjs';
import { desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

const DAY = 86_400_000;

let server;
let browser;
test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

/** Days go by, and the phone is taken from its drawer. */
async function after(person, days) {
  await person.waits(days * DAY);
  await person.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

/** A message up to where something is filled in. */
const upTo = (message) => message.split('{')[0];

/** The page is there, and nothing on it, in its address or in its title is about a child. */
async function isClosed(person) {
  await person.page.getByRole('heading', { name: person.say('lease.title') }).waitFor();
  const { page } = person;
  const said = `${await page.title()} ${page.url()} ${await page.locator('body').innerText()}`;
  for (const name of ['Luz', 'Samira', 'Martín', 'Rosa']) assert.ok(!said.includes(name), said);
}

test('staff are told before, read nothing after a fortnight, and what they wrote arrives', async () => {
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, 'Written a fortnight before it arrived.');
  await samira.opensTab('home');
  await after(samira, 12);
  await samira.sees(upTo(samira.say('lease.soon')));
  await samira.sees(LUZ);

  await after(samira, 3);
  await isClosed(samira);
  // It takes the place of what was read, so it is read aloud.
  const focused = samira.page.locator(':focus');
  assert.equal(await focused.innerText(), samira.say('lease.title'));
  await samira.page.getByText('15 days').waitFor();
  await samira.page.getByText('1 thing is kept').waitFor();
  const inspection = new Inspection('phone', 'en');
  await inspection.look(samira.page, 'closed');

  // By keyboard alone.
  await samira.button(samira.say('lease.try')).focus();
  await samira.page.keyboard.press('Enter');
  const failed = samira.page.getByRole('alert');
  await failed.getByText(samira.say('lease.failed')).waitFor();
  await inspection.look(samira.page, 'closed, and nobody answers');
  assert.deepEqual(inspection.found, []);

  await samira.findsSignal();
  await samira.reads('sent');
  await samira.sees(LUZ);
  await samira.page
    .getByRole('heading', { name: samira.say('lease.title') })
    .waitFor({ state: 'detached' });
});

test('who signs out of a closed phone finds what they wrote when they sign in again', async () => {
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, 'Kept while nobody was signed in.');
  await after(samira, 15);
  await isClosed(samira);
  await samira.presses(samira.say('lock.leave'));
  await samira.sees(samira.say('signIn.title'));
  await samira.findsSignal();
  await samira.signsIn(SAMIRA);
  await samira.reads('sent');
  await samira.sees(LUZ);
});

test('a family reads on for two months, in its own language', async () => {
  const martin = await OnThePhone.signedIn(await inHand(browser), server, MARTIN);
  await martin.losesSignal();
  await after(martin, 50);
  await martin.sees('Luz');
  await after(martin, 5);
  await martin.sees(upTo(martin.say('lease.soon')));
  const inspection = new Inspection('phone', 'es');
  await inspection.look(martin.page, 'some days before');
  await after(martin, 6);
  await isClosed(martin);
  await inspection.look(martin.page, 'closed');
  assert.deepEqual(inspection.found, []);
  await martin.findsSignal();
  await martin.reads('sent');
  await martin.sees('Luz');
});
