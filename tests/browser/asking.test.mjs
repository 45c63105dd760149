// What a family asks of the record: it says on the phone, without a network, what is wrong; the
// director answers; and where the school says no, the family's own words stand beside it.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { CARLOS, LUZ, PRIYA, ROSA, RUTH } from './people.mjs';
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

const WRONG = 'She was at the dentist that day. The visit did not take place.';
const WHY = 'The provider’s log says that the visit took place.';
const OWN = 'We have a letter from the dentist for that morning.';

test('what a family says is wrong is answered once, and its own words stay beside a refusal', async () => {
  const rosa = await OnThePhone.signedIn(await inHand(browser), server, ROSA);
  await rosa.opensChild(LUZ);
  await rosa.losesSignal();
  await rosa.follows(rosa.say('record.wrong'));
  await rosa.types(rosa.say('record.correct.words'), WRONG);
  await rosa.presses(rosa.say('record.send'));
  await rosa.sees(WRONG);
  await rosa.sees(rosa.say('kept'));
  await rosa.findsSignal();
  await rosa.sees(rosa.say('record.standing.correct.asked'));

  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.sees(ruth.say('requests.waiting'));
  await ruth.opensStudent(LUZ);
  const requests = ruth.part(ruth.say('section.requests'));
  await requests.getByText(WRONG).waitFor();
  await ruth.refusesToCorrect(WHY);
  await requests.getByText(ruth.say('requests.standing.REFUSED'), { exact: true }).waitFor();

  await rosa.sees(WHY);
  await rosa.presses(rosa.say('record.disagree'));
  await rosa.types(rosa.say('record.disagree.words'), OWN);
  await rosa.presses(rosa.say('record.disagree.send'));
  await rosa.sees(rosa.say('record.disagreement'));
  await requests.getByText(OWN).waitFor();

  await rosa.presses(rosa.say('record.hearing'));
  await rosa.presses(rosa.say('record.hearing.yes'));
  await rosa.sees(rosa.say('record.standing.correct.hearingAsked'));
  await requests.getByText(ruth.say('requests.standing.HEARING_ASKED'), { exact: true }).waitFor();

  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  await priya.part(priya.say('section.requests')).getByText(OWN).waitFor();
  const answer = priya.say('requests.answer.HEARING');
  assert.equal(
    await priya.page.getByRole('button', { name: answer }).count(),
    0,
    'she reads along',
  );
  const carlos = await AtTheDesk.signedIn(await atDesk(browser), server, CARLOS);
  await carlos.opensStudent(LUZ);
  assert.equal(await carlos.part(carlos.say('section.requests')).count(), 0, 'the office does not');
});

test('to see the record is asked for in two taps, and the phone says by when', async () => {
  const rosa = await OnThePhone.signedIn(await inHand(browser), server, ROSA);
  await rosa.opensChild(LUZ);
  await rosa.follows(rosa.say('record.title'));
  await rosa.follows(rosa.say('record.see'));
  await rosa.presses(rosa.say('record.send'));
  await rosa.sees(rosa.say('record.standing.see.asked'));
  await rosa.sees(/The school must show it to you (by|before)/);
});
