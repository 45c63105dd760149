// A copy of a child's record as one file: a parent takes it from the phone, the director the one that
// is for her at the desk, and the family reads in the log that it was taken.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, PRIYA, ROSA, RUTH } from './people.mjs';
import { Server } from './server.mjs';

let server;
let browser;

test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

/** What the browser keeps of what a press gives; a zip names its files in plain letters. */
async function download(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), press()]);
  assert.match(file.suggestedFilename(), /^record-\d{4}-\d\d-\d\d\.zip$/, 'no name of a child');
  return readFile(await file.path());
}

function holdsBoth(zip) {
  for (const name of ['PK', 'record.json', 'record.pdf']) assert.ok(zip.includes(name), name);
}

test('a parent takes a copy home, and the director the one that is for her', async () => {
  const rosa = await OnThePhone.signedIn(await inHand(browser), server, ROSA);
  await rosa.opensChild(LUZ);
  await rosa.follows(rosa.say('record.title'));
  holdsBoth(await download(rosa.page, () => rosa.presses(rosa.say('copy.take'))));
  await rosa.sees(rosa.say('copy.made'));

  await rosa.losesSignal();
  await rosa.presses(rosa.say('copy.take'));
  await rosa.sees(rosa.say('copy.offline'));
  await rosa.findsSignal();
  await rosa.follows(rosa.say('record.see'));
  await rosa.presses(rosa.say('record.send'));
  await rosa.hasSentAll();

  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  const requests = ruth.part(ruth.say('section.requests'));
  const own = requests.getByRole('button', { name: ruth.say('copy.take'), exact: true });
  holdsBoth(await download(ruth.page, () => own.click()));
  const name = ruth.say('requests.copy.for', { name: ROSA.name });
  const hers = requests.getByRole('button', { name });
  holdsBoth(await download(ruth.page, () => hers.click()));

  await rosa.opensWhoLooked(LUZ);
  const row = rosa.page.getByRole('listitem').filter({ hasText: RUTH.name });
  await row.getByText(rosa.say('looks.topic.COPY')).first().waitFor();

  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const buttons = priya.part(priya.say('section.requests')).getByRole('button', { name: /copy/i });
  assert.equal(await buttons.count(), 0, 'a case manager hands out none');
});
