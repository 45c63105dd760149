// What the case manager keeps in the record: how a family was tried to be reached, and whether a
// visit or an attempt counts that came from outside its assignment.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, PRIYA, ROSA, SAMIRA } from './people.mjs';
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

test('an attempt to reach a family stays in the record, and another entry puts it right', async () => {
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const attempts = priya.part(priya.say('section.attempts'));
  const rows = attempts.getByRole('listitem');
  await rows.first().waitFor();
  const before = await rows.count();
  const save = () =>
    priya
      .dialog()
      .getByRole('button', { name: priya.say('attempts.save') })
      .click();

  await priya.asks(priya.say('section.attempts'), priya.say('attempts.log'));
  await priya.page.getByLabel(priya.say('attempts.whom')).selectOption({ label: ROSA.name });
  await priya.page
    .getByRole('radio', { name: priya.say('attempts.reached.NOBODY') })
    .check({ force: true });
  await priya.page.getByLabel(priya.say('attempts.said')).fill('Rang twice before noon.');
  await save();
  await attempts.getByText('Rang twice before noon.').waitFor();
  assert.equal(await rows.count(), before + 1);

  const mine = rows.filter({ hasText: 'Rang twice before noon.' });
  await mine.getByRole('button', { name: priya.say('attempts.correct') }).click();
  await priya.page.getByLabel(priya.say('attempts.said')).fill('Rang once, at noon.');
  await save();
  await attempts.getByText('Rang once, at noon.').waitFor();
  assert.equal(await attempts.getByText('Rang twice before noon.').count(), 0);
  assert.equal(await rows.count(), before + 1, 'the correction stands in its place');
});

test('an attempt is put right on the phone without signal, and the desk reads the correction', async () => {
  const phone = await OnThePhone.signedIn(await inHand(browser), server, PRIYA);
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  await priya.opensStudent(LUZ);
  const attempts = priya.part(priya.say('section.attempts'));
  await phone.follows(LUZ);
  await phone.presses(phone.say('contact.log'));
  await phone.page.getByLabel(phone.say('contact.note')).fill('Rang from the road.');
  await phone.page.getByText(phone.say('contact.reached.nobody'), { exact: true }).tap();
  await phone.presses(phone.say('contact.save'));
  await attempts.getByText('Rang from the road.').waitFor();
  // The offer to take it back would stay in front of the next form.
  await phone.presses(phone.say('toast.dismiss'));

  await phone.hasSentAll();
  await phone.losesSignal();
  const wrong = phone.page.getByRole('listitem').filter({ hasText: 'Rang from the road.' });
  await wrong.getByRole('button', { name: phone.say('contact.correct') }).tap();
  await phone.sees(phone.say('contact.amend'));
  const whom = phone.page.getByLabel(phone.say('contact.whom')).getByRole('option');
  assert.equal(await whom.count(), 1, 'whoever reads what was wrong reads the correction');
  await phone.page.getByLabel(phone.say('contact.note')).fill('Rang twice from the road.');
  await phone.presses(phone.say('contact.save'));
  await phone.sees('Rang twice from the road.');
  assert.equal(await wrong.count(), 0);
  assert.equal(await attempts.getByText('Rang twice from the road.').count(), 0);

  await phone.findsSignal();
  await attempts.getByText('Rang twice from the road.').waitFor();
  assert.equal(await attempts.getByText('Rang from the road.').count(), 0);
});

test('an attempt from before she managed the case waits for a word, and says whose it was', async () => {
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  const note = 'Found in a drawer: a letter of two years ago.';
  await priya.opensStudent(LUZ);
  await priya.asks(priya.say('section.attempts'), priya.say('attempts.log'));
  await priya.page.getByLabel(priya.say('attempts.at')).fill('2019-02-05T10:00');
  await priya.page
    .getByRole('radio', { name: priya.say('attempts.reached.LEFT_WORD') })
    .check({ force: true });
  await priya.page.getByLabel(priya.say('attempts.said')).fill(note);
  await priya
    .dialog()
    .getByRole('button', { name: priya.say('attempts.save') })
    .click();

  const attempts = priya.part(priya.say('section.attempts'));
  const attempt = attempts.getByRole('listitem').filter({ hasText: note });
  await attempt.getByText(priya.say('flag.late')).waitFor();
  await attempt.getByRole('button', { name: priya.say('review.ACCEPTED') }).click();
  await priya
    .dialog()
    .getByRole('button', { name: priya.say('review.ACCEPTED') })
    .click();
  await attempt.getByText(priya.say('review.said.ACCEPTED')).waitFor();
  await attempt.getByText(`Looked at by ${PRIYA.name}`).waitFor();
  assert.equal(await attempt.getByText(priya.say('flag.late')).count(), 0);
  assert.equal(
    await attempt.getByRole('button', { name: priya.say('review.REFUSED') }).count(),
    0,
    'it is said once',
  );
});

test('a visit from before the assignment waits for a word, and the word stays', async () => {
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  const priya = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  const note = 'Found in my notebook: the first session of all.';
  await priya.opensStudent(LUZ);
  await samira.writesVisit(LUZ, note);
  await samira.page.getByLabel(samira.say('visit.day')).fill('2019-02-05');
  await samira.presses(samira.say('visit.save'));
  await samira.sees(samira.say('visit.received'));

  const visits = priya.part(priya.say('section.visits'));
  const rows = visits.getByRole('listitem');
  const visit = rows.filter({ hasText: note });
  const more = visits.getByRole('button', { name: priya.say('visits.more') });
  // It is the oldest of all.
  while (await more.isVisible()) {
    const shown = await rows.count();
    await more.click();
    await rows.nth(shown).waitFor();
  }
  await visit.getByText(priya.say('flag.late')).waitFor();
  await visit.getByRole('button', { name: priya.say('review.REFUSED') }).click();
  await priya
    .dialog()
    .getByRole('button', { name: priya.say('review.REFUSED') })
    .click();
  await visit.getByText(priya.say('review.said.REFUSED')).waitFor();
  assert.equal(await visit.getByText(priya.say('flag.late')).count(), 0);
  assert.equal(await visit.getByRole('button').count(), 0, 'it is said once');
});
