// What the server refuses is not lost: its author changes it and sends it again from the phone, and
// meanwhile who manages the case knows that something did not arrive.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, PRIYA, ROSA } from './people.mjs';
import { Server } from './server.mjs';

const TOO_LATE = 'And that she makes a friend.';
const AGAIN = 'One thing more: that she makes a friend.';

const hopes = (person) => person.say('input.hopes', { name: 'Luz' });

test('what came too late is seen by the case manager, changed by its author, and arrives', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());
  const phone = async () => OnThePhone.signedIn(await inHand(browser), server, ROSA);
  const [old, tablet] = await Promise.all([phone(), phone()]);
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const lost = priya.part('What did not arrive');
  await lost.getByText('Nothing is missing').waitFor();

  // On a phone without signal she goes on with what she has handed in on another meanwhile.
  await old.writes('input', LUZ);
  await old.losesSignal();
  await old.fills(hopes(old), TOO_LATE);
  await tablet.writes('input', LUZ);
  await tablet.fills(hopes(tablet), 'That she reads.');
  await tablet.givesItToTheTeam();
  await tablet.sees('The team has it');

  await old.findsSignal();
  await old.goesTo('waiting');
  await old.sees('This was already final.');
  await old.sees(TOO_LATE);
  await lost.getByText('What it was about was final already.').waitFor();
  await priya.sees('something that did not arrive from Rosa');
  assert.equal(await priya.page.getByText(TOO_LATE).count(), 0, 'a draft is between her and herself');
  const inspections = [new Inspection('phone'), new Inspection('staff')];
  await inspections[0].look(old.page, 'what was not taken');
  await inspections[1].look(priya.page, 'what did not arrive');

  await old.presses('Change and send again');
  await inspections[0].look(old.page, 'change and send again');
  const words = old.page.getByLabel('Your words');
  assert.equal(await words.inputValue(), TOO_LATE);
  await words.fill(AGAIN);
  await old.presses('Send again');
  await old.sees('Everything is sent');
  await lost.getByText('Nothing is missing').waitFor();

  // It is the beginning of her next input.
  await old.writes('input', LUZ);
  await old.finds(hopes(old), AGAIN);
  await old.givesItToTheTeam();
  await priya.part('Input for the plan').getByText(AGAIN).waitFor();
  for (const inspection of inspections) assert.deepEqual(inspection.found, []);
});
