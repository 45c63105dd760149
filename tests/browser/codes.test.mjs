// Somebody who cannot sign in any more, and the code by which they do: made at the director's desk or
// the office's, typed in by whoever it is for. And the places where one is signed in, on the phone.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { CARLOS, LUZ, MARTIN, RUTH, SAMIRA, says, TOM } from './people.mjs';
import { Server } from './server.mjs';

const ANEW = { login: 'tom.anew', password: 'four words of our own' };

let server;
let browser;

test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

const atHerDesk = async (who, options) =>
  AtTheDesk.signedIn(await atDesk(browser, options), server, who);

/** The dialog about how somebody gets in, from the list of the staff. */
async function opensEntryOf(person, name) {
  await person.goesTo('staff');
  await person.page.getByLabel(person.say('staffList.search')).fill(name.split(' ')[0]);
  await person.presses(`${person.say('entry.open')} ${name}`);
  await person.dialog().waitFor();
}

/** Makes a code in the open dialog; says it. The sheet is in the language of whoever gets it. */
async function makesCode(person, theirs = 'en') {
  await person.dialog().getByRole('button', { name: person.say('entry.make') }).click();
  return person.page.getByLabel(says('staff', theirs, 'invitation.code')).innerText();
}

test('a teacher who forgot everything gets in by a code, and the director sees what became of it', async () => {
  const old = await atHerDesk(TOM);
  const ruth = await atHerDesk(RUTH);
  const inspection = new Inspection('staff');
  await ruth.goesTo('staff');
  await ruth.sees(TOM.name);
  await inspection.look(ruth.page, 'the staff');
  await opensEntryOf(ruth, TOM.name);
  await ruth.sees(ruth.say('entry.password'));
  await inspection.look(ruth.page, 'how somebody gets in');
  await ruth.page.getByText(ruth.say('entry.end.option')).click();
  const code = await makesCode(ruth);
  await inspection.look(ruth.page, 'a code for a colleague');
  await ruth.dialog().getByRole('button', { name: ruth.say('invitation.done') }).click();
  assert.deepEqual(inspection.found, []);

  const tom = await AtTheDesk.open(await atDesk(browser), server);
  await tom.redeems(code, ANEW);
  await old.page.reload();
  await old.sees(old.say('signIn.title'));
  await opensEntryOf(ruth, TOM.name);
  await ruth.sees(RUTH.name);
  await ruth.sees('Used');
  await ruth.sees(ruth.say('entry.ends'));
});

test('the office lets a father in again, in Spanish, and no colleague', async () => {
  const carlos = await atHerDesk(CARLOS);
  assert.equal(await carlos.page.getByRole('link', { name: carlos.say('staffList.title') }).count(), 0);
  await carlos.opensStudent(LUZ);
  await carlos.asks(carlos.say('section.contacts'), `${carlos.say('entry.open')} ${MARTIN.name}`);
  const code = await makesCode(carlos, 'es');
  const inspection = new Inspection('staff');
  await inspection.look(carlos.page, 'a code for a father');
  assert.deepEqual(inspection.found, []);
  const martin = await OnThePhone.open(await inHand(browser, { locale: 'es' }), server, 'es');
  await martin.redeems(code, { login: 'martin.otra.vez', password: 'cuatro palabras para entrar' });
  await martin.declinesPasskey();
});

test('a provider names her phone, and signs her desk out from it', async () => {
  const desk = await atHerDesk(SAMIRA);
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  const inspection = new Inspection('phone');
  await samira.goesTo('settings');
  await samira.sees(samira.say('devices.current'));
  await inspection.look(samira.page, 'settings with devices');
  const here = samira.page.getByRole('listitem').filter({ hasText: samira.say('devices.current') });
  await here.getByRole('button', { name: samira.say('devices.rename') }).tap();
  await samira.page.getByLabel(samira.say('devices.name'), { exact: true }).fill('The blue phone');
  await samira.presses(samira.say('devices.save'));
  await samira.sees('The blue phone');
  await inspection.look(samira.page, 'a named device');

  const other = samira.page.getByRole('listitem').filter({ hasText: 'Chrome' });
  await other.getByRole('button', { name: samira.say('devices.revoke') }).first().tap();
  await samira.page
    .getByRole('alertdialog')
    .getByRole('button', { name: samira.say('devices.revoke') })
    .tap();
  await samira.page.getByRole('alertdialog').waitFor({ state: 'detached' });
  assert.deepEqual(inspection.found, []);
  await desk.page.reload();
  await desk.sees(desk.say('signIn.title'));
});

test('a phone that slept longer than its token lives asks again by itself', async () => {
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  // As the server does once the token has ended: nothing is taken until it is renewed.
  let renewed = false;
  let refused = 0;
  await samira.context.route('**/auth/refresh', async (route) => {
    await route.continue();
    renewed = true;
  });
  await samira.context.route('**/graphql', (route) => {
    if (renewed) return route.continue();
    refused += 1;
    const error = { message: 'sign in again', extensions: { code: 'UNAUTHENTICATED' } };
    return route.fulfill({ status: 401, json: { errors: [error] } });
  });
  await samira.goesTo('settings');
  await samira.sees(samira.say('devices.current'));
  assert.ok(renewed && refused > 0);
});
