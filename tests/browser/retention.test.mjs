// For how long records are kept: the director sets the schedule, and puts a record on hold and lifts
// it; nobody else reads of it.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk } from './driver.mjs';
import { CARLOS, LUZ, PRIYA, RUTH } from './people.mjs';
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

test('records are kept for ever until somebody sets a schedule, and a hold keeps one longer', async () => {
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.follows(ruth.say('retention.title'));
  await ruth.sees(ruth.say('retention.rule.never'));
  await ruth.sees(ruth.say('retention.due.none'));
  const fills = (field, text) => ruth.dialog().getByLabel(ruth.say(field)).fill(text);
  const ends = (button) => ruth.dialog().getByRole('button', { name: ruth.say(button) });
  await ruth.presses(ruth.say('retention.rule.set'));
  await fills('retention.rule.number', '7');
  assert.ok(await ends('retention.rule.save').isDisabled(), 'no law is named');
  await fills('retention.rule.law', 'State records manual, schedule 7');
  await ends('retention.rule.save').click();
  await ruth.sees('kept for 7 years');

  await ruth.goesTo('');
  await ruth.opensStudent(LUZ);
  const title = ruth.say('retention.record');
  const part = ruth.part(title);
  await part.getByText(ruth.say('retention.obstacle.STILL_HERE')).waitFor();
  await ruth.asks(title, ruth.say('retention.hold'));
  await fills('retention.hold.reason', 'A complaint to the state');
  await ends('retention.hold').click();
  await part.getByText(ruth.say('retention.obstacle.HELD'), { exact: true }).waitFor();

  await part.getByRole('button', { name: ruth.say('retention.lift') }).click();
  await fills('retention.lift.why', 'The complaint is decided');
  await ends('retention.lift').click();
  await part.getByText('The complaint is decided').waitFor();
  const held = part.getByText(ruth.say('retention.obstacle.HELD'), { exact: true });
  assert.equal(await held.count(), 0);

  for (const who of [PRIYA, CARLOS]) {
    const reader = await AtTheDesk.signedIn(await atDesk(browser), server, who);
    const link = reader.page.getByRole('link', { name: reader.say('retention.title') });
    assert.equal(await link.count(), 0, who.name);
    await reader.opensStudent(LUZ);
    assert.equal(await reader.part(title).count(), 0, who.name);
  }
});
