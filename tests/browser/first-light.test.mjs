// First light, whole: what a provider and a parent did without signal reaches the open page of the
// staff by itself, within a second of its arrival.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Phone, atDesk, desk } from './driver.mjs';
import { OnThePhone, moment } from './on-the-phone.mjs';
import { LUZ, ROSA, RUTH, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

const NOTE = 'Sorted /r/ picture cards, then told me about them.';
const STRENGTHS = 'She reads to her brother every night, and does all the voices.';
const HOPES = 'That she raises her hand in class, once a day.';
const WORRY = 'The stairs at the new school.';
const A_SECOND = 1_000;

async function withPhone(t, server, who) {
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  return { phone, person: await OnThePhone.signedIn(phone.context, server, who) };
}

test('what was done without signal is kept, and shows on the open staff page as it arrives', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());

  const [{ phone, person: samira }, { person: rosa }] = await Promise.all([
    withPhone(t, server, SAMIRA),
    withPhone(t, server, ROSA),
  ]);
  await samira.losesSignal();
  await rosa.losesSignal();
  await phone.close();
  await phone.open();
  await samira.opensAgain(phone.context);
  await samira.reads('offline');

  const { taps, goal, scores } = await samira.logsVisit(LUZ, NOTE);
  assert.ok(taps < 10, `${taps} taps`);
  assert.equal(scores.length, 3);
  t.diagnostic(`a visit with its times, three scores and a note: ${taps} taps`);

  await rosa.writes('input', LUZ);
  await rosa.fills('What is Luz good at?', STRENGTHS);
  await rosa.fills('What do you hope for this year?', HOPES);
  await rosa.givesItToTheTeam();
  // Another thought the same evening goes with the next one.
  await rosa.presses(rosa.say('input.more'));
  await rosa.fills('What worries you?', WORRY);
  await rosa.acceptsInvitation(LUZ);
  await rosa.sees('Kept on this phone');

  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  const loaded = await ruth.loadedAt();
  const meetings = ruth.part('Meetings');
  const answer = meetings.getByRole('listitem').filter({ hasText: ROSA.name }).last();
  await answer.getByText('No answer yet').waitFor();
  for (const text of [NOTE, STRENGTHS, HOPES]) assert.equal(await ruth.text(text).count(), 0);
  const before = await ruth.pointsOf(goal);

  const onThePage = Promise.all([
    moment(ruth.part('Visits').getByText(NOTE)),
    moment(ruth.page.locator('circle[data-fresh=true]').nth(2)),
  ]);
  await samira.findsSignal();
  const visitSent = await samira.hasSentAll();
  const visitSeen = Math.max(...(await onThePage));

  const fromTheFamily = Promise.all([
    moment(ruth.part('Input for the plan').getByText(STRENGTHS)),
    moment(ruth.part('Input for the plan').getByText(HOPES)),
    moment(answer.getByText('Comes')),
  ]);
  await rosa.findsSignal();
  const familySent = await rosa.hasSentAll();
  const familySeen = Math.max(...(await fromTheFamily));

  assert.equal(await ruth.text(WORRY).count(), 0, 'what was not handed in is hers alone');

  const rows = (await ruth.pointsOf(goal)).slice(0, -before.length);
  assert.equal(rows.length, 3);
  for (const [, result, aim, by] of rows) {
    assert.ok(
      scores.some((score) => result.includes(score)),
      result,
    );
    assert.notEqual(aim, '');
    assert.equal(by, SAMIRA.name);
  }
  assert.equal(await ruth.loadedAt(), loaded);

  const waits = { visit: visitSeen - visitSent, family: familySeen - familySent };
  t.diagnostic(
    `on the page after the phone knew that it was taken, in ms: ${JSON.stringify(waits)}`,
  );
  assert.ok(Math.max(waits.visit, waits.family) < A_SECOND, JSON.stringify(waits));
});
