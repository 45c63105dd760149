// What of a child's record was given to people outside: the director gives a copy and writes down the
// rest at the desk, the family reads it on the phone in its own language.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, PRIYA, RUTH, TOM } from './people.mjs';
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

const SCHOOL = 'Lincoln Middle School';
const HOSPITAL = 'County hospital';

test('a copy goes to another school, a wrong entry is followed by another, and the family reads it', async () => {
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  const title = ruth.say('disclosures.title');
  const entries = ruth.part(title).getByRole('listitem');
  await entries.first().waitFor();
  const before = await entries.count();
  const fills = (field, text) => ruth.dialog().getByLabel(ruth.say(field)).fill(text);
  const ends = (button) => ruth.dialog().getByRole('button', { name: ruth.say(button) });

  await ruth.asks(title, ruth.say('disclosures.copy'));
  assert.ok(await ends('copy.take').isDisabled(), 'it is not said to whom');
  await fills('disclosures.party', SCHOOL);
  await fills('disclosures.interest', 'She enrolls there in January');
  const [file] = await Promise.all([
    ruth.page.waitForEvent('download', { timeout: 120_000 }),
    ends('copy.take').click(),
  ]);
  assert.ok((await readFile(await file.path())).includes('record.pdf'));
  await entries.filter({ hasText: SCHOOL }).waitFor();

  await ruth.asks(title, ruth.say('disclosures.given'));
  await fills('disclosures.party', HOSPITAL);
  await fills('disclosures.interest', 'To treat her');
  await ruth
    .dialog()
    .getByLabel(ruth.say('disclosures.basis'))
    .selectOption({ label: ruth.say('disclosure.basis.EMERGENCY') });
  await fills('disclosures.what.given', 'What her plan says of seizures');
  assert.ok(await ends('disclosures.save').isDisabled(), 'the danger is not named');
  await fills('disclosures.threat', 'A seizure that did not stop');
  await ends('disclosures.save').click();
  const hospital = entries.filter({ hasText: HOSPITAL });
  await hospital.getByText('A seizure that did not stop').waitFor();

  await hospital.getByRole('button', { name: ruth.say('disclosures.withdraw') }).click();
  await fills('disclosures.withdraw.why', 'It was another child.');
  await ends('disclosures.save').click();
  await entries.filter({ hasText: 'It was another child.' }).waitFor();
  await hospital.getByText(ruth.say('disclosure.corrected')).waitFor();
  assert.equal(await entries.count(), before + 3, 'all of it stays');

  const martin = await OnThePhone.open(await inHand(browser, { locale: 'es' }), server, 'es');
  await martin.signsIn(MARTIN);
  await martin.opensWhoLooked(LUZ);
  const list = martin.page.getByRole('list', { name: martin.say('disclosures.title') });
  const row = list.getByRole('listitem').filter({ hasText: SCHOOL });
  await row.getByText('34 CFR 99.31(a)(2)').waitFor();
  assert.ok((await row.innerText()).includes(martin.say('disclosure.basis.OTHER_SCHOOL')));
  assert.equal(await list.getByRole('listitem').count(), before + 3);

  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const read = priya.part(title);
  await read.getByRole('listitem').filter({ hasText: SCHOOL }).waitFor();
  assert.equal(await read.getByRole('button').count(), 0, 'a case manager writes none');
  const tom = await AtTheDesk.signedIn(await atDesk(browser), server, TOM);
  await tom.opensStudent(LUZ);
  assert.equal(await tom.part(title).count(), 0, 'a teacher does not read it');
});
