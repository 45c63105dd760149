// Staff who sign in at their agency's own sign-in, a real one on this machine: the whole round in a
// browser, and the wrong turns that can be taken in one.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk } from './driver.mjs';
import { Issuer } from './issuer.mjs';
import { RUTH, SAMIRA } from './people.mjs';
import { Program } from './program.mjs';
import { Server } from './server.mjs';

const SCHOOLS = 'Valley Schools';
const STAFF = '{viewer{people{agency{name staff(first:100){nodes{name email hasAccount}}}}}}';

let server;
let issuer;
let browser;
let newcomer;

test.before(async () => {
  issuer = await Issuer.start('Aspen Valley School District');
  [server, browser] = await Promise.all([Server.start('--sample', '--oidc', issuer.settings), desk()]);
  issuer.knows(server);
  const { viewer } = await (await Program.signedIn(server, RUTH)).asks(STAFF, {});
  const staff = viewer.people[0].agency.staff.nodes;
  const known = (name) => ({ email: staff.find((one) => one.name === name).email, email_verified: true });
  newcomer = staff.find((one) => !one.hasAccount);
  issuer.people = Object.assign(issuer.people, {
    ruth: known(RUTH.name),
    samira: known(SAMIRA.name),
    newcomer: { email: newcomer.email.toUpperCase(), email_verified: true },
    unsure: { ...known(RUTH.name), email_verified: false },
    stranger: { email: 'stranger@example.org', email_verified: true },
  });
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
  await issuer?.throwAway();
});

/** Somebody at the sign-in page, on the way to a page of the console. */
async function atTheDoor(path = '', options = {}) {
  const locale = options.locale ?? 'en';
  const person = await AtTheDesk.open(await atDesk(browser, options), server, locale);
  await person.goesTo(path);
  await person.sees(person.say('signIn.title'));
  return person;
}

const leave = (person) => person.presses(person.say('issuer.signIn', { name: SCHOOLS }));

/** Says at the issuer who they are. */
async function saysTheyAre(person, name) {
  await person.page.getByLabel('Your name').fill(name);
  await person.presses('Go on');
}

async function signsIn(person, name) {
  await leave(person);
  await saysTheyAre(person, name);
}

const refused = (person, why) => person.sees(person.say(`signIn.refused.${why}`));

const isSignedIn = async (person) => {
  const cookies = await person.page.context().cookies();
  return cookies.some(({ name }) => name === 'aimline-access');
};

/** The address with which the issuer sends somebody back, who does not get there. */
async function caughtOnTheWay(person, name) {
  const caught = person.page.waitForRequest((request) => request.url().includes('/staff/return?'));
  await person.page.context().route('**/auth/oidc/finish', (route) => route.abort());
  await signsIn(person, name);
  const address = (await caught).url();
  await person.sees(person.say('issuer.return.again'));
  await person.page.context().unroute('**/auth/oidc/finish');
  return address;
}

test('a director signs in where her agency does and is where she wanted to be', async () => {
  const ruth = await atTheDoor('devices');
  const inspection = new Inspection('staff');
  await inspection.look(ruth.page, 'the door with an issuer');
  await signsIn(ruth, 'ruth');
  await ruth.heading(ruth.say('devices.title')).waitFor();
  assert.equal(new URL(ruth.page.url()).search, '');
  assert.equal(new URL(ruth.page.url()).pathname, '/staff/devices');
  const cookies = await ruth.page.context().cookies();
  const ours = cookies.filter(({ name }) => name.startsWith('aimline-'));
  assert.deepEqual(ours.map(({ name }) => name).toSorted(), ['aimline-access', 'aimline-refresh']);
  assert.ok(ours.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict'));
  assert.deepEqual(inspection.found, []);

  const withPassword = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await withPassword.goesTo('');
});

test('somebody who never signed in is known by the address that her agency keeps of her', async () => {
  const person = await atTheDoor('devices');
  await signsIn(person, 'newcomer');
  await person.heading(person.say('devices.title')).waitFor();
  const again = await atTheDoor();
  await signsIn(again, 'newcomer');
  await again.heading(again.say('students.title')).waitFor();
});

test('a link that brought somebody in brings nobody in again', async () => {
  const ruth = await atTheDoor();
  const back = ruth.page.waitForRequest((request) => request.url().includes('/staff/return?'));
  await signsIn(ruth, 'ruth');
  await ruth.heading(ruth.say('students.title')).waitFor();
  const address = (await back).url();
  await ruth.page.context().clearCookies();
  await ruth.page.goto(address);
  await refused(ruth, 'issuer');
  assert.ok(!(await isSignedIn(ruth)));
});

test('a link of somebody else signs nobody in, nor does one that was changed', async () => {
  const mallory = await atTheDoor();
  const hers = await caughtOnTheWay(mallory, 'newcomer');
  const ruth = await atTheDoor();
  await ruth.page.goto(hers);
  await refused(ruth, 'issuer');
  const inspection = new Inspection('staff');
  await inspection.look(ruth.page, 'a return that was refused');
  await ruth.goesTo('');
  await leave(ruth);
  // Her own way to the issuer has ended, or it would end this one.
  await ruth.page.getByLabel('Your name').waitFor();
  await ruth.page.goto(hers);
  await refused(ruth, 'issuer');
  assert.ok(!(await isSignedIn(ruth)));

  const begun = await atTheDoor();
  const changed = new URL(await caughtOnTheWay(begun, 'ruth'));
  changed.searchParams.set('state', 'forged');
  await begun.page.goto(changed.href);
  await refused(begun, 'issuer');
  assert.ok(!(await isSignedIn(begun)));
  assert.deepEqual(inspection.found, []);
});

test('an address tells nobody where to go', async () => {
  const ruth = await atTheDoor();
  await ruth.page.goto(`${server.address}/staff/return?to=https://evil.example&code=x&state=y`);
  await refused(ruth, 'issuer');
  assert.equal(ruth.page.url(), `${server.address}/staff/return`);
});

test('who turns around, is nobody here or opens more is told so', async () => {
  const person = await atTheDoor('', { locale: 'es' });
  const inspection = new Inspection('staff', 'es');
  await leave(person);
  await person.presses('Not now');
  await refused(person, 'turnedBack');
  for (const [name, why] of [
    ['stranger', 'nobody'],
    ['unsure', 'nobody'],
    ['samira', 'further'],
  ]) {
    const next = await atTheDoor('', { locale: 'es' });
    await signsIn(next, name);
    await refused(next, why);
    await next.sees(next.say(`signIn.refused.${why}.next`));
    assert.ok(!(await isSignedIn(next)), name);
    await inspection.look(next.page, `refused: ${why}`);
  }
  assert.deepEqual(inspection.found, []);
});

test('while the issuer is away the page says what to do, and a password still works', async () => {
  const ruth = await atTheDoor();
  const address = await caughtOnTheWay(ruth, 'ruth');
  await issuer.isAway();
  await ruth.page.goto(address);
  await refused(ruth, 'issuerAway');
  await ruth.sees(ruth.say('signIn.refused.issuerAway.next'));
  await ruth.goesTo('');
  await ruth.signsIn(RUTH);
  await issuer.isBack();
});
