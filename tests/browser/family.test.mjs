// Two guardians, one statement: both write the same sentence without signal. Nothing is lost, both
// versions are shown, and a person chooses.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk } from './driver.mjs';
import { hope, withBothGuardians } from './family.mjs';
import { LUZ, RUTH } from './people.mjs';

const HERS_AT_FIRST = 'That she speaks up.';
const HERS = 'That she speaks up in class and is understood.';
const HIS = 'Que hable en clase y que la entiendan todos.';
/** For what has reached a phone to be written there. */
const A_MOMENT = 500;
const STRENGTH_AT_FIRST = 'Luz sings';
const STRENGTH = 'Luz sings in two languages and never forgets a name.';

const strengths = (person) => person.say('statement.strengths', { name: 'Luz' });

test('two versions of one sentence are both kept until a person chooses, and the choice reaches every phone', async (t) => {
  const { server, browser, rosa, martin } = await withBothGuardians(t);
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);

  await rosa.losesSignal();
  await martin.losesSignal();
  await rosa.writes('statement', LUZ);
  await rosa.fills(hope(rosa), HERS_AT_FIRST);
  await rosa.fills(strengths(rosa), STRENGTH_AT_FIRST);
  await rosa.fills(hope(rosa), HERS);
  await rosa.fills(strengths(rosa), STRENGTH);
  await martin.writes('statement', LUZ);
  await martin.fills(hope(martin), HIS);

  await rosa.findsSignal();
  await ruth.sees(HERS);
  await martin.findsSignal();

  for (const [person, locale] of [
    [rosa, 'en'],
    [martin, 'es'],
  ]) {
    const choice = person.page.getByRole('region', { name: hope(person) });
    const versions = choice.getByRole('article');
    await versions.nth(1).waitFor();
    const texts = await versions.locator('p').allInnerTexts();
    assert.deepEqual(texts.sort(), [HIS, HERS].sort());
    // What she wrote before, alone, is no second version beside her own last words.
    assert.equal(await person.page.getByLabel(strengths(person)).inputValue(), STRENGTH);
    const inspection = new Inspection('phone', locale);
    await inspection.look(person.page, 'two versions');
    assert.deepEqual(inspection.found, []);
  }

  await ruth.sees('2 versions wait for a choice');
  await ruth.page.getByRole('button', { name: 'Compare' }).click();
  const version = ruth.page.getByRole('heading', { name: /^Version [AB]/ });
  const versions = ruth.page.getByRole('dialog').locator('section').filter({ has: version });
  const [left, right] = await versions.evaluateAll((sections) =>
    sections.map((section) => section.getBoundingClientRect().toJSON()),
  );
  assert.equal(left.top, right.top);
  assert.ok(left.right <= right.left, 'side by side');
  await ruth.page.getByRole('button', { name: 'Cancel' }).click();

  await rosa.presses(rosa.say('conflict.keep', { name: 'Martín' }));
  for (const person of [rosa, martin]) {
    const field = person.page.getByRole('textbox', { name: hope(person) });
    await field.waitFor();
    assert.equal(await field.inputValue(), HIS);
  }
  await ruth.part('Family statement').getByText(HIS).waitFor();
  assert.equal(await ruth.page.getByRole('button', { name: 'Compare' }).count(), 0);
});

test('words that were begun over an older text do not write over what came meanwhile: both are kept and shown', async (t) => {
  const { rosa, martin } = await withBothGuardians(t);
  await rosa.writes('statement', LUZ);
  await rosa.fills(hope(rosa), HERS_AT_FIRST);
  await rosa.hasSentAll();
  await martin.writes('statement', LUZ);
  await martin.finds(hope(martin), HERS_AT_FIRST);

  // She has the pen on it, and her browser gives her pages no time; his words reach her phone.
  await rosa.page.clock.install();
  await rosa.page.clock.pauseAt(Date.now() + 1_000);
  await rosa.page.getByLabel(hope(rosa)).fill(HERS);
  const arrives = rosa.page.waitForResponse((reply) => reply.request().postData()?.includes('syncPull'));
  await martin.fills(hope(martin), HIS);
  await martin.hasSentAll();
  await (await arrives).finished();
  await setTimeout(A_MOMENT);
  assert.equal(await rosa.page.getByLabel(hope(rosa)).inputValue(), HERS, 'hers are under the pen');

  await rosa.page.clock.resume();
  await rosa.page.getByLabel(hope(rosa)).blur();
  for (const person of [rosa, martin]) {
    const versions = person.page.getByRole('region', { name: hope(person) }).getByRole('article');
    await versions.nth(1).waitFor();
    const texts = await versions.locator('p').allInnerTexts();
    assert.deepEqual(texts.sort(), [HIS, HERS].sort());
  }
});
