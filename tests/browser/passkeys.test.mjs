// Passkeys, with the authenticator that Chromium has for tests: made, used and removed on a phone
// and at a desk.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, RUTH, SAMIRA } from './people.mjs';
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

/** The page's phone or computer makes keys and signs with them, as if its owner's finger was on it. */
async function hasFingerprintReader(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials;
    },
    refuses: () => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    accepts: () => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true }),
  };
}

test('a provider adds a passkey on her phone, and it signs her in again', async () => {
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  const reader = await hasFingerprintReader(samira.page);
  const inspection = new Inspection('phone');
  await samira.goesTo('settings');
  await samira.presses(samira.say('passkey.add'));
  await samira.sees(samira.say('passkey.added'));
  await inspection.look(samira.page, 'settings with a passkey');
  const [key] = await reader.keys();
  assert.ok(key.isResidentCredential);

  await samira.goesHome();
  await samira.losesSignal();
  await samira.logsVisit(LUZ, 'She hummed the tune.');
  await samira.signsOut('keep');
  await samira.findsSignal();
  await inspection.look(samira.page, 'sign-in with a passkey');
  await reader.refuses();
  await samira.presses(samira.say('passkey.signIn'));
  await samira.sees(samira.say('signIn.error.noPasskey'));
  await reader.accepts();
  await samira.presses(samira.say('passkey.signIn'));
  await samira.reads('sent');
  assert.deepEqual(inspection.found, []);

  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  assert.equal(await ruth.part('Visits').getByText('She hummed the tune.').count(), 1);
});

test('in Spanish too, and once removed it opens nothing', async () => {
  const martin = await OnThePhone.open(await inHand(browser, { locale: 'es' }), server, 'es');
  await martin.signsIn(MARTIN);
  await hasFingerprintReader(martin.page);
  const inspection = new Inspection('phone', 'es');
  await martin.goesTo('settings');
  await martin.presses(martin.say('passkey.add'));
  await martin.sees(martin.say('passkey.added'));
  await inspection.look(martin.page, 'settings with a passkey');
  const remove = martin.page.getByRole('button', { name: martin.say('passkey.remove') });
  await remove.first().tap();
  await martin.sees(martin.say('passkey.remove.what'));
  await inspection.look(martin.page, 'removing a passkey');
  await martin.page.getByRole('alertdialog').getByRole('button', { name: martin.say('passkey.remove') }).tap();
  await martin.page.getByRole('alertdialog').waitFor({ state: 'detached' });
  assert.equal(await remove.count(), 0);

  await martin.signsOut();
  await martin.presses(martin.say('passkey.signIn'));
  await martin.sees(martin.say('signIn.error.passkey'));
  await inspection.look(martin.page, 'a refused passkey');
  assert.deepEqual(inspection.found, []);
});

test('a director adds a passkey at her desk, names it, and signs in with it', async () => {
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await hasFingerprintReader(ruth.page);
  const inspection = new Inspection('staff');
  await ruth.page.getByRole('link', { name: ruth.say('devices.title') }).click();
  await ruth.presses(ruth.say('passkey.add'));
  await ruth.sees(ruth.say('passkey.added'));
  const passkeys = ruth.part(ruth.say('passkeys.title'));
  await passkeys.getByRole('button', { name: ruth.say('passkey.rename') }).click();
  await ruth.page.getByLabel(ruth.say('passkey.name')).fill('Office computer');
  await ruth.presses(ruth.say('passkey.save'));
  await ruth.sees('Office computer');
  await inspection.look(ruth.page, 'devices with a passkey');

  await ruth.page.context().clearCookies();
  await ruth.goesTo('');
  await ruth.sees(ruth.say('signIn.title'));
  await inspection.look(ruth.page, 'sign-in with a passkey');
  await ruth.presses(ruth.say('passkey.signIn'));
  await ruth.heading(ruth.say('students.title')).waitFor();
  assert.deepEqual(inspection.found, []);
});
