// Whatever people write is shown as they wrote it: markup, scripts and templates in every text that
// reaches a page stay words, on the phones of the family and at the desks of the school.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { LUZ, MARTIN, PRIYA, ROSA, RUTH, SAMIRA } from './people.mjs';
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

/** A text that would leave a trace if a page took it for anything but a text. */
const hostile = (where) =>
  `${where} <img src=x onerror="window.ran='${where}'"> <script>window.ran='${where}'</script> {{7*7}} '"&`;

/** Somebody whose program writes without a page. */
class AtTheApi {
  #token;

  static async signedIn({ login, password }) {
    const person = new AtTheApi();
    const device = { kind: 'phone', name: hostile('device'), store: randomUUID() };
    const answer = await fetch(`${server.address}/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password, device }),
    });
    person.#token = (await answer.json()).access;
    return person;
  }

  async asks(query, variables = {}) {
    const answer = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  /** Does one thing; nothing in it may have to be put right. */
  async does(mutation, input) {
    const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { userErrors { code field } } }`;
    const data = await this.asks(query, { input: { operationId: randomUUID(), ...input } });
    assert.deepEqual(data[mutation].userErrors, [], mutation);
  }
}

/** Watches a page for what no text may do. */
function guarded(page) {
  const tricks = [];
  page.on('dialog', (dialog) => {
    tricks.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // What the content policy has to stop got into the page before.
    if (/Content Security Policy/.test(message.text())) tricks.push(message.text());
  });
  return tricks;
}

/** The page shows each of these texts as it is, and nothing came of them. */
async function unharmed({ page }, tricks, places) {
  for (const place of places) {
    const text = page.getByText(`${place} <img src=x onerror=`).first();
    await text.waitFor({ state: 'attached' }).catch(async (cause) => {
      throw new Error(`not shown: ${place}`, { cause });
    });
  }
  const traces = await page.evaluate(() => ({
    ran: window.ran ?? null,
    elements: document.querySelectorAll('img[src="x"], [onerror]').length,
    scripts: [...document.scripts].filter((script) => script.text.includes('window.ran')).length,
  }));
  assert.deepEqual(traces, { ran: null, elements: 0, scripts: 0 });
  assert.deepEqual(tricks, []);
}

test('what people write is shown as they wrote it, and does nothing', async () => {
  const rosa = await OnThePhone.signedIn(await inHand(browser), server, ROSA);
  const ofRosa = guarded(rosa.page);
  await rosa.writes('statement', LUZ);
  await rosa.fills(rosa.say('statement.vision', { name: 'Luz' }), hostile('vision'));
  await rosa.opensChild(LUZ);
  await rosa.follows(rosa.say('record.wrong'));
  await rosa.types(rosa.say('record.correct.words'), hostile('request'));
  await rosa.presses(rosa.say('record.send'));
  await unharmed(rosa, ofRosa, ['request']);

  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  const ofSamira = guarded(samira.page);
  await samira.logsVisit(LUZ, hostile('visit'));

  const [priya, ruth] = [await AtTheApi.signedIn(PRIYA), await AtTheApi.signedIn(RUTH)];
  const search = 'Luz Álvarez Delgado';
  const found = await ruth.asks(
    `query($search: String!) { viewer { people { agency { students(search: $search, first: 1) {
      nodes { id contacts { id person { id name } rights { endsAt } } } } } } } }`,
    { search },
  );
  const [luz] = found.viewer.people[0].agency.students.nodes;
  const one = luz.contacts.find(({ person }) => person.name === ROSA.name).person.id;
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
  await priya.does('goalCreate', {
    student: luz.id,
    title: hostile('goal'),
    area: 'reading',
    unit: 'wordsPerMinute',
    direction: 'INCREASE',
    baseline: 10,
    baselineOn: day(-30).slice(0, 10),
    target: 40,
    targetOn: day(200).slice(0, 10),
  });
  await priya.does('meetingCall', {
    student: luz.id,
    purpose: hostile('purpose'),
    place: hostile('place'),
    startsAt: day(5),
    endsAt: day(5.04),
    invited: [one],
  });
  await priya.does('contactAttemptLog', {
    student: luz.id,
    person: one,
    at: day(-0.1),
    channel: 'CALL',
    language: 'es',
    reached: 'NOBODY',
    note: hostile('attempt'),
  });

  const director = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);
  const ofRuth = guarded(director.page);
  await director.opensStudent(LUZ);
  await unharmed(director, ofRuth, [
    'vision',
    'visit',
    'goal',
    'purpose',
    'place',
    'attempt',
    'request',
  ]);
  await director.refusesToCorrect(hostile('answer'));
  await unharmed(director, ofRuth, ['answer']);
  await director.goesTo('devices');
  await unharmed(director, ofRuth, ['device']);
  const manager = await AtTheDesk.signedIn(await atDesk(browser), server, PRIYA);
  const ofPriya = guarded(manager.page);
  await manager.opensStudent(LUZ);
  await unharmed(manager, ofPriya, ['vision', 'visit', 'goal', 'purpose', 'attempt']);

  await rosa.opensChild(LUZ);
  await unharmed(rosa, ofRosa, ['visit', 'goal', 'purpose', 'place']);
  await rosa.follows(rosa.say('record.title'));
  await unharmed(rosa, ofRosa, ['answer']);
  const martin = await OnThePhone.signedIn(await inHand(browser), server, MARTIN);
  const ofMartin = guarded(martin.page);
  await martin.opensChild(LUZ);
  await unharmed(martin, ofMartin, ['visit', 'goal', 'purpose', 'place']);

  const other = luz.contacts.find(({ person }) => person.name === MARTIN.name);
  await ruth.does('restrictionRecord', { contact: other.id, order: hostile('order') });
  await director.goesTo('');
  await director.opensStudent(LUZ);
  await unharmed(director, ofRuth, ['order']);
  await samira.page.reload();
  await unharmed(samira, ofSamira, []);
});
