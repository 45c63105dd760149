// Every page of the phone app, walked as a provider and as a family in English and in Spanish:
// for people who see little, read with their fingers, hold a small phone, or read large text.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { DANIEL, LUZ, MARTIN, PRIYA, ROSA, SAMIRA } from './people.mjs';
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

async function opensIn(locale) {
  const context = await inHand(browser, { locale });
  return OnThePhone.open(context, server, locale);
}

async function theDoor(person, look) {
  await person.sees(person.say('signIn.title'));
  await look('sign-in');
  await person.follows(person.say('signIn.haveCode'));
  await person.sees(person.say('redeem.title'));
  await look('a code');
  await person.goesHome();
}

async function theProvidersPages(person, look) {
  await look('the caseload');
  await person.follows(LUZ);
  await person.sees(person.say('student.team'));
  await look('a student');
  await person.losesSignal();
  await person.goesHome();
  await person.presses(person.say('visit.log'));
  await person.sees(person.say('visit.who'));
  await look('whom did you see');
  await person.goesHome();
  await person.writesVisit(
    LUZ,
    'A note that is long enough to need more than one line on a small phone.',
  );
  await look('a visit');
  await person.presses(person.say('visit.count'));
  await look('counting as we go');
  await person.presses(person.say('dialog.cancel'));
  await person.presses(person.say('visit.save'));
  await person.sees(person.say('visit.kept'));
  await look('a visit that is kept');
  await person.goesTo('waiting');
  await person.sees(person.say('outbox.LogVisit'));
  await look('what waits');
  await person.goesTo('settings');
  await person.presses(person.say('signOut'));
  await person.sees(person.say('signOut.what'));
  await look('signing out with unsent work');
}

/** Her own visit, as the school has it, opened to be set right. */
async function aVisitToCorrect(person, look) {
  await person.findsSignal();
  await person.goesHome();
  await person.reads('sent');
  await person.follows(LUZ);
  await person.page
    .getByRole('button', { name: person.say('visit.correct') })
    .first()
    .tap();
  await person.sees(person.say('visit.amend'));
  await look('a visit to correct');
  await person.presses(person.say('dialog.cancel'));
}

/** A call on the way home, without a network: begun, found again, saved, taken back, saved. */
async function theCaseManagersPages(person, look) {
  await person.follows(LUZ);
  await person.sees(person.say('contact.log'));
  await look('a student with the contacts of the family');
  await person.losesSignal();
  await person.presses(person.say('contact.log'));
  await person.sees(person.say('contact.reached'));
  await look('a contact');
  const words = 'Rang twice, nobody picked up.';
  await person.page.getByLabel(person.say('contact.note')).fill(words);
  await person.page.getByText(person.say('contact.reached.nobody'), { exact: true }).tap();
  await person.page.goBack();
  await person.presses(person.say('contact.log'));
  await person.sees(person.say('begun.found'));
  await person.finds(person.say('contact.note'), words);
  await person.presses(person.say('contact.save'));
  await person.sees(person.say('contact.log'));
  await person.sees(words);
  await person.sees(person.say('kept'));
  await look('a contact that is kept');
  await person.presses(person.say('undo'));
  await person.finds(person.say('contact.note'), words);
  await person.presses(person.say('contact.save'));
  await person.sees(person.say('contact.log'));
  await person.sees(words);
  await person.findsSignal();
  await person.hasSentAll();
}

/** The phone is signed out from elsewhere while work is unsent. */
async function lostWork(person, who, locale, look) {
  await person.goesHome();
  await person.losesSignal();
  await person.logsVisit(LUZ, 'Nobody will read this.');
  const context = await atDesk(browser, { locale });
  const owner = await AtTheDesk.open(context, server, locale);
  await owner.signsIn(who);
  await owner.goesTo('devices');
  const phone = owner.page.getByRole('listitem').filter({ hasNotText: owner.say('devices.current') });
  await phone.getByRole('button', { name: owner.say('devices.revoke') }).click();
  await owner
    .dialog()
    .getByRole('button', { name: owner.say('devices.revoke') })
    .click();
  await owner.dialog().waitFor({ state: 'detached' });
  await person.findsSignal();
  await person.sees(person.say('signIn.error.revoked'));
  await person.sees(person.say('outbox.LogVisit'));
  await look('what was lost');
}

async function theFamilysPages(person, look) {
  await look('the family’s first page');
  const answers = ['meeting.else', 'meeting.change'].map((id) =>
    person.child(LUZ).getByRole('button', { name: person.say(id) }),
  );
  await answers[0].or(answers[1]).first().tap();
  await person.sees(person.say('meeting.send'));
  await look('answering a meeting');
  await person.goesHome();
  await person
    .child(LUZ)
    .getByRole('link', { name: /visits|visitas/ })
    .tap();
  await person.sees(person.say('student.team'));
  await look('one’s child');
  await person.follows(person.say('looks.title'));
  await person.sees(person.say('looks.end'));
  await person.page.getByText(person.say('looks.not')).tap();
  await look('who looked');
  await person.losesSignal();
  await person.page.reload();
  await person.sees(person.say('looks.offline'));
  await look('who looked, without a network');
  await person.findsSignal();
  await person.sees(person.say('looks.end'));
  await person.opensChild(LUZ);
  await person.follows(person.say('record.title'));
  await person.sees(person.say('record.asked'));
  await look('the school’s record');
  await person.follows(person.say('record.correct'));
  await person.sees(person.say('record.instead'));
  await look('what is wrong in the record');
  await person.writes('statement', LUZ);
  await look('the family’s words');
  await person.losesSignal();
  await person.fills(person.say('statement.concerns'), 'Se cansa por la tarde.');
  await person.goesTo('waiting');
  await person.presses(person.say('undo'));
  await person.sees(person.say('undo.why'));
  await look('taking something back');
  await person.presses(person.say('undo.yes'));
  await person.sees(person.say('outbox.none'));
  await person.findsSignal();
  await person.writes('input', LUZ);
  await person.fills(person.say('input.hopes'), 'Que lea sola.');
  await look('what matters to you');
  await person.presses(person.say('input.give'));
  await person.sees(person.say('input.ask.why'));
  await look('giving it to the team');
  await person.presses(person.say('input.ask.yes'));
  await person.sees(person.say('input.received'));
  await look('what was given');
  await person.goesTo('settings');
  await person.sees(person.say('settings.people'));
  await look('settings');
  await person.goesTo('add');
  await person.sees(person.say('redeem.title'));
  await look('another child');
  await person.goesTo(
    'student/00000000-0000-0000-0000-000000000000/00000000-0000-0000-0000-000000000000',
  );
  await person.sees(person.say('student.gone.title'));
  await look('a child who is not here');
}

for (const [locale, provider, parent] of [
  ['en', SAMIRA, ROSA],
  ['es', DANIEL, MARTIN],
])
  test(`the phone pages in ${locale} are for everybody`, async () => {
    const inspection = new Inspection('phone', locale);
    const looking = (person) => (name) => inspection.look(person.page, name);
    const visiting = await opensIn(locale);
    await theDoor(visiting, looking(visiting));
    await visiting.signsIn(provider);
    await theProvidersPages(visiting, looking(visiting));
    await aVisitToCorrect(visiting, looking(visiting));
    await lostWork(visiting, provider, locale, looking(visiting));

    const managing = await opensIn(locale);
    await managing.signsIn(PRIYA);
    await theCaseManagersPages(managing, looking(managing));

    const family = await opensIn(locale);
    await family.signsIn(parent);
    await theFamilysPages(family, looking(family));
    assert.deepEqual(inspection.found, []);
  });
