// Every page and every dialog of the staff console, walked in English and in Spanish: for people
// who see little, work with the keyboard, read large text, or have only a phone at hand.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { atDesk, desk } from './driver.mjs';
import { CARLOS, LUZ, PRIYA, ROSA, RUTH, TOM } from './people.mjs';
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

/** A student's page as this reader sees it, and each dialog that its buttons open. */
async function theStudentsPage(reader, look, dialogs) {
  await reader.opensStudent(LUZ);
  await look('a student');
  for (const [part, button] of dialogs) {
    await reader.asks(reader.say(`section.${part}`), reader.say(button));
    await look(button);
    await reader.cancels();
  }
}

const FOR_THE_DIRECTOR = [
  ['contacts', 'rights.end'],
  ['team', 'team.add'],
  ['team', 'team.end'],
];
const FOR_THE_CASE_MANAGER = [
  ['goals', 'goals.write'],
  ['meetings', 'meetings.call'],
  ['meetings', 'meetings.move'],
  ['attempts', 'attempts.log'],
  ['attempts', 'attempts.correct'],
];

async function aFamilyThatDisagrees(ruth, look) {
  await ruth.goesTo('');
  const waits = ruth.page
    .getByRole('listitem')
    .filter({ has: ruth.page.getByText(/choice|elegir|elección|decisión/i) });
  while (!(await waits.first().isVisible())) await ruth.presses(ruth.say('students.more'));
  await waits.first().getByRole('link').click();
  await ruth.asks(ruth.say('statement.title'), ruth.say('conflict.open'));
  await look('two versions');
  await ruth.page.getByRole('radio').last().check({ force: true });
  await look('one text from two versions');
  await ruth.cancels();
}

async function theChoices(reader, look) {
  await reader.goesTo('choices');
  await reader.heading(reader.say('conflicts.title')).waitFor();
  await reader.page.getByRole('tabpanel').waitFor();
  await look('choices to make');
  await reader.page.getByRole('tab', { name: reader.say('conflicts.made') }).click();
  await look('choices that were made');
}

async function aContactWithoutRights(ruth, look) {
  const grants = ruth
    .part(ruth.say('section.contacts'))
    .getByRole('button', { name: ruth.say('rights.grant') });
  await ruth.asks(ruth.say('section.contacts'), ruth.say('rights.end'));
  await ruth
    .dialog()
    .getByRole('button', { name: ruth.say('rights.end') })
    .click();
  await grants.first().click();
  await look('granting rights');
  await ruth.page.getByLabel(ruth.say('rights.evidence')).fill('Birth certificate');
  await ruth
    .dialog()
    .getByRole('button', { name: ruth.say('rights.grant') })
    .click();
  await ruth.dialog().waitFor({ state: 'detached' });
}

async function aCode(ruth, look) {
  await ruth.asks(ruth.say('section.contacts'), ruth.say('invitation.make'));
  await look('making a code');
  await ruth
    .dialog()
    .getByRole('button', { name: ruth.say('invitation.make') })
    .click();
  await ruth.dialog().locator('output').waitFor();
  await look('a code');
  await ruth
    .dialog()
    .getByRole('button', { name: ruth.say('invitation.done') })
    .click();
}

for (const locale of ['en', 'es'])
  test(`the staff pages in ${locale} are for everybody`, async () => {
    const ruth = await AtTheDesk.open(await atDesk(browser, { locale }), server, locale);
    const inspection = new Inspection('staff', locale);
    const look = (name) => inspection.look(ruth.page, name);
    await ruth.heading(ruth.say('signIn.title')).waitFor();
    await look('sign-in');
    await ruth.page.getByRole('link', { name: ruth.say('redeem.have') }).click();
    await ruth.heading(ruth.say('redeem.title')).waitFor();
    await look('first sign-in');
    await ruth.page.getByRole('link', { name: ruth.say('redeem.back') }).click();
    await ruth.signsIn(RUTH);
    await ruth.page.getByRole('listitem').first().waitFor();
    await look('the students');
    await ruth.page.getByLabel(ruth.say('students.search')).fill('xyzzy');
    await ruth.presses(ruth.say('students.showAll'));
    await ruth.sees(ruth.say('students.empty.noMatch', { search: 'xyzzy' }));
    await look('nobody by that name');
    await theStudentsPage(ruth, look, FOR_THE_DIRECTOR);
    await aFamilyThatDisagrees(ruth, look);
    await aContactWithoutRights(ruth, look);
    await aCode(ruth, look);
    await theChoices(ruth, look);
    await ruth.goesTo('devices');
    await ruth.sees(ruth.say('devices.active'));
    await look('devices');
    await ruth.goesTo('imports');
    await ruth.heading(ruth.say('imports.title')).waitFor();
    await ruth.page
      .getByRole('region')
      .first()
      .or(ruth.text(ruth.say('imports.empty')))
      .first()
      .waitFor();
    await look('imports');
    await ruth.page.getByRole('banner').getByRole('button', { name: RUTH.name }).click();
    await look('the account');
    await ruth.goesTo('nowhere');
    await ruth.heading(ruth.say('notFound.title')).waitFor();
    await look('nothing here');

    const others = [
      [PRIYA, FOR_THE_CASE_MANAGER],
      [CARLOS, [['team', 'team.add']]],
      [TOM, []],
    ];
    for (const [who, dialogs] of others) {
      const reader = await AtTheDesk.open(await atDesk(browser, { locale }), server, locale);
      await reader.signsIn(who);
      const looking = (name) => inspection.look(reader.page, `${name}, for ${who.login}`);
      await theStudentsPage(reader, looking, dialogs);
      if (who === PRIYA) await theChoices(reader, looking);
    }
    assert.deepEqual(inspection.found, []);
  });

test('nobody is told that there is nothing where they may not look', async () => {
  // A teacher does not see visits, the office nothing but the people round a student.
  const hidden = [
    [TOM, ['visits', 'contacts']],
    [CARLOS, ['goals', 'visits', 'meetings']],
  ];
  for (const [who, parts] of hidden) {
    const reader = await AtTheDesk.signedIn(await atDesk(browser), server, who);
    await reader.opensStudent(LUZ);
    for (const title of parts.map((part) => reader.say(`section.${part}`))) {
      assert.equal(await reader.part(title).count(), 0, `${who.login}: ${title}`);
      assert.equal(await reader.page.getByRole('link', { name: title, exact: true }).count(), 0);
    }
  }
});

test('a family that comes to the staff console is shown the way to its own page', async () => {
  const rosa = await AtTheDesk.open(await atDesk(browser), server);
  await rosa.page.getByLabel(rosa.say('signIn.login')).fill(ROSA.login);
  await rosa.page.getByLabel(rosa.say('signIn.password')).fill(ROSA.password);
  await rosa.presses(rosa.say('signIn.action'));
  await rosa.sees(rosa.say('notStaff.title'));
  const inspection = new Inspection('staff');
  await inspection.look(rosa.page, 'not staff');
  assert.deepEqual(inspection.found, []);
});

test('the first page of all leads to the phone app and to the console', async () => {
  const context = await atDesk(browser);
  const page = await context.newPage();
  await page.goto(server.address);
  await page.getByRole('link', { name: 'School staff' }).waitFor();
  const inspection = new Inspection('staff');
  await inspection.look(page, 'the first page');
  assert.deepEqual(inspection.found, []);
});
