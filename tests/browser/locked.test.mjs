// What lies on a phone while nobody looks at it: pages that only a key opens, a key for each person,
// and what becomes of both.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';

import { Inspection } from './checks.mjs';
import { Phone } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { DANIEL, LUZ, MARTIN, ROSA, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

const NOTE = 'Whispered the whole list to himself.';
/** Where a file of the phone's store begins, after the name that it goes by. */
const HEAD = 4_096;
const PLAIN = 'SQLite format 3\0';

let server;
test.before(async () => {
  server = await Server.start('--sample');
});
test.after(() => server?.throwAway());

async function aPhone(t) {
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  return phone;
}

/** Everything that a browser left on the disk. */
async function allFiles(phone) {
  const entries = await readdir(phone.profile, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(({ parentPath, path, name }) => readFile(join(parentPath ?? path, name))),
  );
}

/** The stores that can be read without a key, by name. */
function inTheClear(files) {
  const stores = files.filter(
    (bytes) => bytes.toString('latin1', HEAD, HEAD + PLAIN.length) === PLAIN,
  );
  return stores.map((bytes) => bytes.toString('latin1', 0, bytes.indexOf(0)));
}

/** The accounts that have a key in this browser. */
function keys(page) {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const asked = indexedDB.open('aimline-keys');
        asked.onerror = () => reject(asked.error);
        asked.onsuccess = () => {
          const all = asked.result.transaction('account').objectStore('account').getAll();
          all.onsuccess = () => {
            asked.result.close();
            resolve(
              all.result.map(({ account, device }) => ({ account, taken: device.extractable })),
            );
          };
        };
      }),
  );
}

test('who takes the browser’s files finds no child and no store that opens without a key', async (t) => {
  const phone = await aPhone(t);
  const samira = await OnThePhone.signedIn(phone.context, server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, NOTE);
  assert.deepEqual(
    (await keys(samira.page)).map(({ taken }) => taken),
    [false],
  );
  await phone.close();
  const files = await allFiles(phone);
  assert.deepEqual(inTheClear(files), ['device.db']);
  for (const words of [LUZ, NOTE])
    assert.equal(files.filter((bytes) => bytes.includes(words)).length, 0, words);

  await phone.open();
  await samira.opensAgain(phone.context);
  await samira.reads('offline');
  await samira.goesTo('waiting');
  await samira.page.getByRole('listitem').filter({ hasText: LUZ }).waitFor();
  await samira.findsSignal();
  await samira.reads('sent');
});

test('two people on one phone have a key each, and one’s going leaves the other’s work', async (t) => {
  const phone = await aPhone(t);
  const samira = await OnThePhone.signedIn(phone.context, server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, 'Kept while a colleague used the phone.');
  await samira.signsOut('keep');
  await samira.findsSignal();
  await samira.signsIn(DANIEL);
  assert.equal((await keys(samira.page)).length, 2);
  await samira.signsOut();
  assert.equal((await keys(samira.page)).length, 1);
  await samira.signsIn(SAMIRA);
  await samira.reads('sent');
  await samira.signsOut();
  assert.deepEqual(await keys(samira.page), []);
  await phone.close();
  assert.deepEqual(inTheClear(await allFiles(phone)), ['device.db']);
});

/** Lays files into the browser's store, as the app itself would have. */
async function lay(page, files) {
  await page.evaluate(async (files) => {
    const root = await navigator.storage.getDirectory();
    const pool = await root.getDirectoryHandle('.opfs-sahpool', { create: true });
    const slots = await pool.getDirectoryHandle('.opaque', { create: true });
    for (const [name, text] of Object.entries(files)) {
      const head = new Uint8Array(4_096);
      head.set(new TextEncoder().encode(name));
      // A database, to be read and written, made if it is not there.
      new DataView(head.buffer).setUint32(512, 0x106);
      const slot = await slots.getFileHandle(crypto.randomUUID(), { create: true });
      const writer = await slot.createWritable();
      await writer.write(head);
      await writer.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      await writer.close();
    }
  }, files);
}

test('a copy from before this is carried over with all that was unsent, also after an attempt that broke off', async (t) => {
  const phone = await aPhone(t);
  const [device, person] = await Promise.all(
    ['device', 'person'].map((name) =>
      readFile(new URL(`old-store/${name}.db`, import.meta.url), 'base64'),
    ),
  );
  // Whose it is: the account's id, as the server that it was made with gave it.
  const account = 'ad34e0e77dc15c03b6d175269b7a034b';
  const tab = await phone.visit(`${server.address}/`);
  await lay(tab, {
    'device.db': device,
    [`${account}.db`]: person,
    [`${account}.1.db`]: Buffer.from('broken off').toString('base64'),
  });
  const mara = await OnThePhone.open(phone.context, server);
  await mara.sees('Ana Surname');
  await mara.goesTo('waiting');
  await mara.page.getByRole('listitem').nth(3).waitFor();
  await mara.goesHome();
  await mara.sees('Ana Surname');
  await phone.close();
  const files = await allFiles(phone);
  assert.deepEqual(inTheClear(files), ['device.db']);
  for (const words of ['Ana Surname', 'Written before, 1.'])
    assert.equal(files.filter((bytes) => bytes.includes(words)).length, 0, words);
});

test('where the key is gone its owner is told, and begins anew once the server let her in', async (t) => {
  const phone = await aPhone(t);
  const rosa = await OnThePhone.signedIn(phone.context, server, ROSA);
  const forget = () =>
    new Promise((resolve) => {
      const asked = indexedDB.open('aimline-keys');
      asked.onsuccess = () => {
        const gone = asked.result.transaction('account', 'readwrite');
        gone.objectStore('account').clear();
        gone.oncomplete = () => resolve(asked.result.close());
      };
    });
  await rosa.page.evaluate(forget);
  await rosa.page.reload();
  await rosa.sees(rosa.say('anew.signIn'));
  assert.equal(await rosa.text(LUZ).count(), 0);
  await rosa.types(rosa.say('signIn.login'), ROSA.login);
  await rosa.types(rosa.say('signIn.password'), ROSA.password);
  await rosa.presses(rosa.say('signIn.action'));
  await rosa.presses(rosa.say('anew.action'));
  await rosa.hasEverything();
  await rosa.sees('Luz');
  await rosa.page.reload();
  await rosa.hasEverything();
});

const PIN = 'kite 7349';
const MINUTE = 60_000;

/** Nothing on the page, in its address or in its title says whose things are behind it. */
async function tellsNothing(person) {
  await person.sees(person.say('lock.title'));
  const page = person.page;
  await page.waitForURL(/\/phone\/?$/);
  const said = `${await page.title()} ${await page.locator('body').innerText()}`;
  for (const name of ['Luz', 'Samira', 'Martín']) assert.ok(!said.includes(name), said);
}

test('a locked phone opens with the PIN alone, makes whoever guesses wait, and keeps what is unsent', async (t) => {
  const phone = await aPhone(t);
  const samira = await OnThePhone.signedIn(phone.context, server, SAMIRA);
  await samira.choosesPin('1st one', undefined);
  await samira.choosesPin(PIN, '1st one');
  await samira.losesSignal();
  await samira.opensTab('home');
  await samira.logsVisit(LUZ, NOTE);
  await samira.presses(samira.say('lock.quick'));
  await tellsNothing(samira);

  for (const guess of ['123456', '1st one', 'kite 7340']) {
    await samira.tries(guess);
    await samira.page.getByRole('alert').waitFor();
    await samira.page.waitForTimeout(1_500);
  }
  const wait = () => samira.page.getByText(samira.say('lock.wait').split('{')[0]);
  await wait().waitFor();
  await samira.waits(MINUTE);
  await wait().waitFor({ state: 'detached' });
  await samira.tries('kite 7341');
  await wait().waitFor();
  await phone.close();
  const files = await allFiles(phone);
  assert.deepEqual(inTheClear(files), ['device.db']);
  for (const words of [LUZ, NOTE, PIN])
    assert.equal(files.filter((bytes) => bytes.includes(words)).length, 0, words);

  await phone.open();
  await samira.opensAgain(phone.context);
  await tellsNothing(samira);
  // The clock is back where it was, and the wait is there still.
  await wait().waitFor();
  assert.ok(await samira.button(samira.say('lock.open')).isDisabled());
  await samira.waits(3 * MINUTE);
  await wait().waitFor({ state: 'detached' });
  await samira.tries(PIN);
  await samira.reads('offline');
  await samira.opensTab('waiting');
  await samira.page.getByRole('listitem').filter({ hasText: LUZ }).waitFor();
  await samira.page.reload();
  await tellsNothing(samira);
  await samira.tries(PIN);
  await samira.findsSignal();
  await samira.reads('sent');
});

test('left alone it locks by itself, in every tab; the next tab to lead does not ask again', async (t) => {
  const phone = await aPhone(t);
  const martin = await OnThePhone.signedIn(phone.context, server, MARTIN);
  await martin.choosesPin(PIN);
  const second = await OnThePhone.open(phone.context, server, 'es');
  await second.reads('sent');
  // As when somebody turns to the other tab: the one out of sight steps down.
  await martin.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await second.page.waitForTimeout(2_000);
  await martin.page.close();
  await second.opensTab('settings');
  await second.sees(second.say('lock.on'));
  const third = await OnThePhone.open(phone.context, server, 'es');
  await third.reads('sent');
  for (const tab of [second, third]) await tab.waits(6 * MINUTE);
  await tellsNothing(second);
  await tellsNothing(third);
  const inspection = new Inspection('phone', 'es');
  await inspection.look(third.page, 'locked');
  assert.deepEqual(inspection.found, []);
});

test('the quick way out keeps what is unsent, and where all is sent nothing stays', async (t) => {
  const phone = await aPhone(t);
  const samira = await OnThePhone.signedIn(phone.context, server, SAMIRA);
  await samira.losesSignal();
  await samira.logsVisit(LUZ, 'Written before the quick way out.');
  await samira.presses(samira.say('lock.leave'));
  await samira.sees(samira.say('signIn.title'));
  assert.equal((await keys(samira.page)).length, 1);
  await samira.findsSignal();
  await samira.signsIn(SAMIRA);
  await samira.presses(samira.say('lock.leave'));
  await samira.sees(samira.say('signIn.title'));
  await samira.page.waitForTimeout(500);
  assert.deepEqual(await keys(samira.page), []);
});

test('who forgot the PIN signs in and begins with an empty copy; who removes it is asked no more', async (t) => {
  const phone = await aPhone(t);
  const rosa = await OnThePhone.signedIn(phone.context, server, ROSA);
  await rosa.choosesPin(PIN);
  await rosa.page.reload();
  await rosa.follows(rosa.say('lock.other'));
  await rosa.types(rosa.say('signIn.login'), ROSA.login);
  await rosa.types(rosa.say('signIn.password'), ROSA.password);
  await rosa.presses(rosa.say('signIn.action'));
  await rosa.sees(rosa.say('lock.forgot'));
  await rosa.presses(rosa.say('anew.action'));
  await rosa.page
    .getByRole('alertdialog')
    .getByRole('button', { name: rosa.say('anew.action') })
    .tap();
  await rosa.hasEverything();

  await rosa.choosesPin(PIN);
  await rosa.presses(rosa.say('lock.remove'));
  await rosa.types(rosa.say('lock.now'), PIN);
  await rosa.page
    .getByRole('dialog')
    .getByRole('button', { name: rosa.say('lock.remove') })
    .tap();
  await rosa.page.getByRole('dialog').waitFor({ state: 'detached' });
  await rosa.sees(rosa.say('lock.off'));
  await rosa.page.reload();
  await rosa.goesHome();
  await rosa.hasEverything();
});
