// Who looked at a child's record: the family reads it on the phone in its own language, the director
// at the desk, and nobody else.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { CARLOS, LUZ, MARTIN, RUTH, TOM } from './people.mjs';
import { Program } from './program.mjs';
import { Server } from './server.mjs';

const OTHER = { login: 'another@home.example', password: 'seventeen green umbrellas' };

let server;
let browser;

test.before(async () => {
  [server, browser] = await Promise.all([Server.start('--sample'), desk()]);
});
test.after(async () => {
  await browser?.close();
  await server?.throwAway();
});

/** Today where the school is, as the phone writes it. */
const today = (locale) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'America/Denver', dateStyle: 'full' }).format();

async function martinsPhone() {
  const martin = await OnThePhone.open(await inHand(browser, { locale: 'es' }), server, 'es');
  await martin.signsIn(MARTIN);
  return martin;
}

/** Another child's guardian, with a code from the director; and the phone with that child alone. */
async function anotherFamilysPhone(ruth) {
  await ruth.goesTo('');
  // Of the list of all, not of those for whom a request waits.
  const children = ruth.page.getByRole('main').locator('li a:not([href*="#"])');
  await children.filter({ hasNotText: 'Álvarez Delgado' }).first().click();
  await ruth.sees(ruth.say('live.live'));
  const contacts = ruth.part(ruth.say('section.contacts'));
  const make = ruth.say('invitation.make');
  const button = await contacts.getByRole('button', { name: make }).first().innerText();
  const code = await ruth.makesCodeFor(button.replace(make, '').trim());
  const phone = await OnThePhone.open(await inHand(browser), server);
  await phone.redeems(code, OTHER);
  await phone.declinesPasskey();
  return phone;
}

test('a family reads who looked in its language, the director too, another family does not', async () => {
  const tom = await AtTheDesk.signedIn(await atDesk(browser), server, TOM);
  await tom.opensStudent(LUZ);

  const martin = await martinsPhone();
  await martin.opensWhoLooked(LUZ);
  const row = martin.page
    .getByRole('list', { name: today('es') })
    .getByRole('listitem')
    .filter({ hasText: TOM.name });
  const said = await row.innerText();
  for (const words of ['role.TEACHER', 'looks.topic.GOALS', 'looks.topic.MEETINGS'])
    assert.ok(said.includes(martin.say(words)), said);
  assert.ok(!said.includes(martin.say('looks.topic.VISITS')), 'what a teacher may not see');

  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  await ruth.opensStudent(LUZ);
  const log = ruth.part(ruth.say('looks.title'));
  await log.getByRole('row').filter({ hasText: TOM.name }).first().waitFor();
  await log.getByLabel(ruth.say('looks.filter')).selectOption({ label: TOM.name });
  const people = await log.getByRole('rowheader').allInnerTexts();
  assert.ok(people.length > 0 && people.every((one) => one.startsWith(TOM.name)), String(people));

  for (const who of [TOM, CARLOS]) {
    const reader = await AtTheDesk.signedIn(await atDesk(browser), server, who);
    await reader.opensStudent(LUZ);
    assert.equal(await reader.part(reader.say('looks.title')).count(), 0, who.name);
  }

  const [, agency, child] = /student\/([^/]+)\/([^/]+)\/looks/.exec(martin.page.url());
  const another = await anotherFamilysPhone(ruth);
  await another.goesTo(`student/${agency}/${child}/looks`);
  await another.sees(another.say('student.gone.title'));
  const program = await Program.signedIn(server, OTHER);
  const id = `stu_${agency}_${child}`.replaceAll('-', '');
  const asked = 'query($id: ID!) { node(id: $id) { ... on Student { accessLog { on } } } }';
  assert.deepEqual(await program.asks(asked, { id }), { node: null });
});

test('without a network the phone says that this page needs one, and shows it by itself with one', async () => {
  const martin = await martinsPhone();
  await martin.opensWhoLooked(LUZ);
  await martin.sees(martin.say('looks.end'));
  await martin.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await martin.losesSignal();
  await martin.page.reload();
  await martin.sees(martin.say('looks.offline'));
  await martin.findsSignal();
  await martin.sees(martin.say('looks.end'));
  assert.equal(await martin.text(martin.say('looks.offline')).count(), 0);
});
