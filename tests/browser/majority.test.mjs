// A student comes of age: the director writes the law down, the office that both were told, and the
// student gets in by a code of their own.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { CARLOS, RUTH } from './people.mjs';
import { Program } from './program.mjs';
import { Server } from './server.mjs';

/** Somebody of the high school is of age by it, whenever this is told. */
const LAW = { age: '14', words: 'A law of this story alone' };
const ACCOUNT = { login: 'of.age', password: 'four words of my own' };
const STUDENTS = `{viewer{people{agency{students(first:200,withPlan:true){nodes{
  id name birthDate contacts{person{name} rights{id endsAt}} can}}}}}}`;

let server;
let browser;

test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

/** The oldest student with a plan and a parent who holds rights. */
async function oldest() {
  const { viewer } = await (await Program.signedIn(server, RUTH)).asks(STUDENTS, {});
  const all = viewer.people[0].agency.students.nodes;
  const held = all.filter(({ contacts }) => contacts.some(({ rights }) => rights.length > 0));
  return held.sort((a, b) => a.birthDate.localeCompare(b.birthDate))[0];
}

async function atThePageOf(student, who) {
  const person = await AtTheDesk.signedIn(await atDesk(browser), server, who);
  await person.opensStudent(student.name);
  return person;
}

test('the rights of the parents pass to the student, who gets in by a code', async () => {
  const student = await oldest();
  const inspection = new Inspection('staff');
  const ruth = await atThePageOf(student, RUTH);
  await ruth.sees(ruth.say('majority.noLaw'));
  await ruth.asks(ruth.say('majority.title'), ruth.say('majority.law'));
  await ruth.page.getByLabel(ruth.say('majority.age')).fill(LAW.age);
  await ruth.page.getByLabel(ruth.say('majority.law.words')).fill(LAW.words);
  await inspection.look(ruth.page, 'the law');
  await ruth.dialog().getByRole('button', { name: ruth.say('majority.law.set') }).click();
  await ruth.dialog().waitFor({ state: 'detached' });

  const carlos = await atThePageOf(student, CARLOS);
  const box = carlos.part(carlos.say('majority.title'));
  assert.equal(await box.getByRole('button', { name: carlos.say('majority.law') }).count(), 0);
  await carlos.asks(carlos.say('majority.title'), carlos.say('majority.record'));
  await carlos.page.getByLabel(carlos.say('majority.toldOn')).fill('2026-01-15');
  await carlos.page.getByLabel(carlos.say('majority.how')).fill('In the plan, and a letter to both.');
  await inspection.look(carlos.page, 'writing the day down');
  await carlos.dialog().getByRole('button', { name: carlos.say('majority.record') }).click();
  await carlos.sees('decides alone');
  await carlos.sees(LAW.words);
  await carlos.sees(carlos.say('majority.toldLate'));
  await carlos.sees('Told of meetings since');
  await inspection.look(carlos.page, 'a student of age');
  assert.deepEqual(inspection.found, []);

  await carlos.asks(carlos.say('majority.title'), `${carlos.say('entry.open')} ${student.name}`);
  await carlos.dialog().getByRole('button', { name: carlos.say('entry.make') }).click();
  const code = await carlos.dialog().locator('output').innerText();
  const phone = await OnThePhone.open(await inHand(browser), server);
  await phone.redeems(code, ACCOUNT);
  await phone.declinesPasskey();
  await phone.sees(student.name);
});
