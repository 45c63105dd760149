// The life of a disagreement, on phones and at the desk: raised, seen with all that led to it,
// settled with a text that is new, taken back, and all of it on record.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { hope, withBothGuardians } from './family.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, PRIYA, ROSA, RUTH, TOM } from './people.mjs';
import { Program } from './program.mjs';
import { Server } from './server.mjs';

const BASE = 'That she reads.';
const HERS = 'That she reads aloud to her brother.';
const HIS = 'Que lea sola antes del verano.';
const BOTH = 'That she reads alone before summer, and aloud to her brother.';

test('a disagreement is raised, seen by all with what led to it, settled, taken back, and stays on record', async (t) => {
  const { server, browser, rosa, martin } = await withBothGuardians(t);
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  const inspection = new Inspection('staff');
  const look = (name) => inspection.look(priya.page, name);

  await rosa.writes('statement', LUZ);
  await rosa.fills(hope(rosa), BASE);
  await rosa.hasSentAll();
  await martin.writes('statement', LUZ);
  await martin.finds(hope(martin), BASE);
  await rosa.losesSignal();
  await martin.losesSignal();
  await rosa.fills(hope(rosa), HERS);
  await martin.fills(hope(martin), HIS);
  await rosa.findsSignal();
  await rosa.hasSentAll();
  await martin.findsSignal();

  // On each phone, and in the queue of her who manages the case: both versions, by whom, when, and
  // what stood there before.
  for (const person of [rosa, martin]) {
    const choice = person.page.getByRole('region', { name: hope(person) });
    await choice.getByText(BASE, { exact: true }).waitFor();
    for (const [by, words] of [
      [ROSA, HERS],
      [MARTIN, HIS],
    ]) {
      const version = choice.getByRole('article').filter({ hasText: by.name });
      assert.equal(await version.locator('p').innerText(), words);
      assert.match(await version.locator('header').innerText(), /\d:\d\d/);
    }
  }
  await priya.follows('Choices');
  const waits = priya.page.getByRole('listitem').filter({ hasText: LUZ });
  await waits.getByText(`2 versions, by ${ROSA.name}, ${MARTIN.name}`).waitFor();
  await look('a choice to make');
  await waits.getByRole('button', { name: 'Compare' }).press('Enter');
  for (const words of [BASE, HERS, HIS])
    await priya.dialog().getByText(words, { exact: true }).waitFor();
  await priya.page.getByRole('radio', { name: 'A new text that joins them' }).press('Space');
  await priya.page.getByRole('textbox', { name: 'New text' }).fill(BOTH);
  await look('one text from both');
  await priya.presses('Use this text');
  await priya.sees('No choice waits for you');

  // It reaches every phone, and is on record with who, when, and between what.
  for (const person of [rosa, martin]) await person.finds(hope(person), BOTH);
  await priya.page.getByRole('tab', { name: 'Made' }).click();
  const made = priya.page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: LUZ });
  await made.getByText(`Chosen by ${PRIYA.name}`).waitFor();
  await made.getByText('Show the 2 versions').click();
  await made.getByText(HIS).waitFor();
  await look('a choice that was made');

  // She takes it back, and chooses what he wrote.
  await made.getByRole('button', { name: 'Undo' }).click();
  await priya.sees('A choice was made here.');
  await priya.page.getByRole('radio', { name: MARTIN.name }).check({ force: true });
  await priya.presses('Use this text');
  await priya.dialog().waitFor({ state: 'detached' });
  for (const person of [rosa, martin]) await person.finds(hope(person), HIS);

  // Both choices stay, on the student's page too; only the one that stands can be taken back.
  await made.nth(1).waitFor();
  await made.getByText('It stood until').waitFor();
  assert.deepEqual(await made.locator('p[dir=auto]:not(details p)').allInnerTexts(), [HIS, BOTH]);
  assert.equal(await made.getByRole('button', { name: 'Undo' }).count(), 1);
  await priya.page.getByRole('link', { name: LUZ }).first().click();
  const life = priya.part('Choices').getByRole('listitem');
  await life.getByText('It stood until').waitFor();
  assert.deepEqual(await life.locator('p[dir=auto]:not(details p)').allInnerTexts(), [HIS, BOTH]);

  // What is written afterwards ends it.
  await rosa.fills(hope(rosa), HERS);
  await life.getByText('It stood until').nth(1).waitFor();
  assert.equal(await life.getByRole('button', { name: 'Undo' }).count(), 0);
  assert.deepEqual(inspection.found, []);
});

test('a choice about one of many meetings says which', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const [, agency, student] = new URL(priya.page.url()).pathname.match(/stu_(\w+)_(\w+)/);

  // Her own program moves a meeting as somebody does who has not seen where it stands.
  const program = await Program.signedIn(server, PRIYA);
  const find = 'query($id:ID!){node(id:$id){...on Student{meetings{id purpose revision}}}}';
  const { node } = await program.asks(find, { id: `stu_${agency}_${student}` });
  const [{ id, purpose, revision }] = node.meetings;
  const hour = 3_600_000_000;
  const startsAt = Date.now() * 1000 + 72 * hour;
  const verdict = await program.does(agency, 'MoveMeeting', {
    meeting: id.split('_').at(-1),
    student,
    seen: '0'.repeat(32),
    revision: revision + 1,
    startsAt,
    endsAt: startsAt + hour,
    place: 'Room 7',
  });
  assert.equal(verdict, 'conflict');

  await priya.follows('Choices');
  const waits = priya.page.getByRole('listitem').filter({ hasText: LUZ });
  await waits.getByText(priya.say('conflict.field.time')).waitFor();
  await waits.getByText(purpose, { exact: true }).waitFor();
  await waits.getByRole('button', { name: 'Compare' }).click();
  await priya.dialog().getByText(purpose, { exact: true }).waitFor();
  await priya.dialog().getByText('Room 7').first().waitFor();

  // Whoever is invited reads both times, and that the school will say which one is right.
  const martin = await OnThePhone.open(await inHand(browser, { locale: 'es' }), server, 'es');
  await martin.signsIn(MARTIN);
  await martin.sees('La escuela anotó otra hora más. Dirá cuál es la correcta.');
  await martin.page.getByText('Room 7').first().waitFor();
});

test('two who move a meeting at once are both heard: one time is chosen, and taken back', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  await ruth.assigns(TOM.name, 'CASE_MANAGER');

  // Both have the form open; Priya is quicker.
  const movers = [
    { who: PRIYA, from: '09:00', to: '10:00', place: 'Room 7' },
    { who: TOM, from: '13:00', to: '14:00', place: 'The library' },
  ];
  for (const mover of movers) {
    mover.desk = await AtTheDesk.signedIn(await atDesk(browser), server, mover.who);
    const { desk: hers, from, to, place } = mover;
    await hers.opensStudent(LUZ);
    await hers.asks(hers.say('section.meetings'), hers.say('meetings.move'));
    await hers.page.getByLabel(hers.say('meetings.from')).fill(from);
    await hers.page.getByLabel(hers.say('meetings.to'), { exact: true }).fill(to);
    await hers.page.getByLabel(hers.say('meetings.place')).fill(place);
  }
  const [priya, tom] = movers.map(({ desk: one }) => one);
  const moves = (who) =>
    who
      .dialog()
      .getByRole('button', { name: who.say('meetings.move.send') })
      .click();
  await moves(priya);
  await priya.sees(priya.say('meetings.moved.done'));
  await tom.dialog().getByText('Somebody moved it meanwhile').waitFor();
  await moves(tom);
  await tom.sees(tom.say('meetings.moved.both'));

  // It waits in the queue of her who manages cases, and on the student's page of either.
  await priya.follows('Choices');
  const waits = priya.page.getByRole('listitem').filter({ hasText: LUZ });
  await waits.getByText(`2 versions, by ${PRIYA.name}, ${TOM.name}`).waitFor();
  await priya.goesTo('');
  await priya.opensStudent(LUZ);
  const meetings = priya.part(priya.say('section.meetings'));
  await meetings.getByText('Room 7').waitFor();

  // Tom reads both times and takes hers; then he takes that back for his own.
  const life = tom.part('Choices').getByRole('listitem');
  const choose = async (button, name) => {
    await life.getByRole('button', { name: button }).click();
    for (const words of ['9:00', 'Room 7', '1:00', 'The library'])
      await tom.dialog().getByText(words).first().waitFor();
    await tom.page.getByRole('radio', { name }).check({ force: true });
    await tom.presses(tom.say('conflict.settle.other'));
    await tom.dialog().waitFor({ state: 'detached' });
  };
  await choose('Compare', PRIYA.name);
  await life.getByText(`Chosen by ${TOM.name}`).waitFor();
  await choose('Undo', TOM.name);

  // Her page follows, and the record keeps both choices.
  await meetings.getByText('The library').waitFor();
  assert.equal(await meetings.getByText('Room 7').count(), 0);
  const record = priya.part('Choices').getByRole('listitem');
  await record.getByText('It stood until').waitFor();
  assert.equal(await record.filter({ hasText: `Chosen by ${TOM.name}` }).count(), 2);
});
