// What the server refuses is not lost: its author changes it and sends it again from the phone, and
// meanwhile who manages the case knows that something did not arrive.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, PRIYA, ROSA } from './people.mjs';
import { Server } from './server.mjs';

const TOO_LATE = 'And that she makes a friend.';
const AGAIN = 'One thing more: that she makes a friend.';

const hopes = (person) => person.say('input.hopes', { name: 'Luz' });

for (const [locale, parent] of [
  ['en', ROSA],
  ['es', MARTIN],
])
  test(`what came too late is seen by the case manager, changed by its author, and arrives (${locale})`, async (t) => {
    const server = await Server.start('--sample');
    t.after(() => server.throwAway());
    const browser = await desk();
    t.after(() => browser.close());
    const phone = async () => {
      const person = await OnThePhone.open(await inHand(browser, { locale }), server, locale);
      await person.signsIn(parent);
      return person;
    };
    const [old, tablet] = await Promise.all([phone(), phone()]);
    const priya = await AtTheDesk.open(await atDesk(browser, { locale }), server, locale);
    await priya.signsIn(PRIYA);
    await priya.opensStudent(LUZ);
    const lost = priya.part(priya.say('lost.title'));
    await lost.getByText(priya.say('lost.empty')).waitFor();

    // On a phone without signal the parent goes on with what is handed in on another meanwhile.
    await old.writes('input', LUZ);
    await old.losesSignal();
    await old.fills(hopes(old), TOO_LATE);
    await tablet.writes('input', LUZ);
    await tablet.fills(hopes(tablet), 'That she reads.');
    await tablet.givesItToTheTeam();
    await tablet.sees(tablet.say('input.received'));

    await old.findsSignal();
    await old.goesTo('waiting');
    await old.sees(old.say('outbox.reason.frozen'));
    await old.sees(TOO_LATE);
    await lost.getByText(priya.say('lost.why.final')).waitFor();
    await lost.getByText(parent.name).waitFor();
    assert.equal(await priya.page.getByText(TOO_LATE).count(), 0, 'a draft is its author’s alone');
    const onThePhone = new Inspection('phone', locale);
    const atHerDesk = new Inspection('staff', locale);
    await onThePhone.look(old.page, 'what was not taken');
    await atHerDesk.look(priya.page, 'what did not arrive');

    await old.presses(old.say('outbox.again.change'));
    await onThePhone.look(old.page, 'change and send again');
    const words = old.page.getByLabel(old.say('outbox.again.words'));
    assert.equal(await words.inputValue(), TOO_LATE);
    await words.fill(AGAIN);
    await old.presses(old.say('outbox.again.send'));
    await old.sees(old.say('outbox.none'));
    await lost.getByText(priya.say('lost.empty')).waitFor();

    // It is the beginning of the next input.
    await old.writes('input', LUZ);
    await old.finds(hopes(old), AGAIN);
    await old.givesItToTheTeam();
    await priya.part(priya.say('inputs.title')).getByText(AGAIN).waitFor();
    assert.deepEqual([...onThePhone.found, ...atHerDesk.found], []);
  });
