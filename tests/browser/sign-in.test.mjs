// Whose phone it is: a second person on it, a sign-in whose renewal was lost on the way, and one
// that ended while work was waiting.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { DANIEL, LUZ, RUTH, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

const MINUTES = 60_000;

let server;
let browser;

test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

const pickUp = async (who) => OnThePhone.signedIn(await inHand(browser), server, who);

/** The visits of a student as the staff see them now. */
async function visitsOnFile() {
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  return ruth.part('Visits');
}

test('a second person on the same phone sees nothing of the first and does not send as her', async () => {
  const hers = 'We played the rhyme game twice.';
  const his = 'Cut along the line with the loop scissors.';
  const samira = await pickUp(SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, hers);
  await samira.signsOut('keep');
  await samira.findsSignal();

  const daniel = samira;
  await daniel.signsIn(DANIEL);
  await daniel.goesTo('waiting');
  await daniel.sees('Everything is sent');
  await daniel.goesTo('settings');
  await daniel.sees('One other person uses this phone.');
  await daniel.goesHome();
  await daniel.logsVisit(LUZ, his);
  await daniel.sees('The school has it');
  const visits = await visitsOnFile();
  await visits.getByRole('listitem').filter({ hasText: his }).getByText(DANIEL.name).waitFor();
  assert.equal(await visits.getByText(hers).count(), 0);

  await daniel.signsOut();
  await samira.signsIn(SAMIRA);
  await visits.getByRole('listitem').filter({ hasText: hers }).getByText(SAMIRA.name).waitFor();
});

test('a sign-in whose renewal got lost on the way back goes on', async () => {
  const samira = await pickUp(SAMIRA);
  await samira.losesSignal();
  await samira.waits(20 * MINUTES);
  let renewals = 0;
  await samira.context.route('**/auth/refresh', async (route) => {
    renewals += 1;
    if (renewals > 1) return route.continue();
    const reply = await route.fetch();
    assert.equal(reply.status(), 200);
    return route.abort('connectionreset');
  });

  await samira.logsVisit(LUZ, 'She asked for a turn.');
  await samira.findsSignal();
  await samira.sees('The school has it');
  assert.equal(renewals, 2);
  assert.equal(await samira.text(samira.say('expired.title')).count(), 0);
});

test('with a sign-in that ended, reading and writing go on, and signing in sends what waited', async () => {
  const notes = ['Blew bubbles.', 'Named ten animals.', 'Told the story of the fox.'];
  const samira = await pickUp(SAMIRA);
  await samira.losesSignal();
  for (const note of notes.slice(0, 2)) {
    await samira.logsVisit(LUZ, note);
    await samira.goesHome();
  }
  await server.endAllSignIns();
  await samira.findsSignal();
  await samira.sees('Please sign in again');
  await samira.reads('locked');
  const inspection = new Inspection('phone');
  await inspection.look(samira.page, 'a sign-in that ended');
  assert.deepEqual(inspection.found, []);

  await samira.follows(LUZ);
  await samira.page.getByRole('heading', { level: 1, name: LUZ }).waitFor();
  await samira.sees(notes[0]);
  await samira.goesHome();
  await samira.logsVisit(LUZ, notes[2]);
  await samira.sees('3 things wait. Sign in to send them.');

  await samira.goesHome();
  await samira.presses('Sign in to send');
  await samira.types('Password', SAMIRA.password);
  await samira.presses('Sign in');
  await samira.reads('sent');
  const visits = await visitsOnFile();
  for (const note of notes) assert.equal(await visits.getByText(note).count(), 1, note);
});
