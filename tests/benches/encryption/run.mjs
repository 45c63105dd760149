// What encryption at rest costs in a browser: one JSON line, of the phone core as it is built beside
// the same core that writes its pages as they are, in one run. `cargo xtask web` first, then
//
//     node tests/benches/encryption/run.mjs [rows] [visits]
//
// A phone of its own each time, three times each by turns; the middle one counts. `first_sync_ms`:
// what the core took for that many visits in pages of a thousand; `open_ms`: the key handed in at a
// cold start; `home_ms`, `student_ms`: a screen read for the first time after that; `visit_ms`: one
// visit logged without signal, a commit on the disk each, the middle one, and `slow_visit_ms`, the
// slowest of twenty.

import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

import { Phone } from '../../browser/driver.mjs';
import { serveFolders } from '../../browser/files.mjs';

const [ROWS = 10_000, VISITS = 1_000] = process.argv.slice(2).map(Number);
const A_PAGE = 1_000;
const TIMES = 3;
/** Where a file of the store begins, after the name that it goes by. */
const HEAD = 4_096;
const PLAIN = 'SQLite format 3\0';

const [agency, account, person, student] = Array.from({ length: 4 }, () => randomUUID());
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const chunk = (message) => deflateRawSync(JSON.stringify(message)).toString('base64url');
const middle = (numbers, share = 0.5) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)];
const rounded = (number) => Math.round(number * 100) / 100;

/** 241 letters that nobody wrote. */
function note(n) {
  const word = (at) => ((n + 1) * (at + 7) * 7_919).toString(36).slice(-6);
  return Array.from({ length: 60 }, (_, at) => word(at))
    .join(' ')
    .slice(0, 241);
}

const scope = (audience) =>
  `${agency.replaceAll('-', '')}/student/${student.replaceAll('-', '')}/${audience}`;
const scopes = [scope('glance'), scope('service/speech')];

/** By columns (docs/sync.md). */
function pageOf(first) {
  const each = Array.from({ length: Math.min(A_PAGE, ROWS - first) }, (_, at) => first + at);
  const one = {
    s: [student],
    m: { op: [randomUUID()], by: [person], at: [0] },
    f: { name: ['Ana'] },
  };
  const visits = {
    s: { all: student },
    m: { op: each.map(() => randomUUID()), by: { all: person }, at: each.map((n) => n) },
    f: {
      attendance: { all: 'present' },
      endedAt: each.map((n) => n * 3_600_000_000 + 1_800_000_000),
      note: each.map(note),
      service: { all: 'speech' },
      startedAt: each.map((n) => n * 3_600_000_000),
    },
  };
  const versions = [first + 2, ...each.slice(1).map(() => 1)];
  return {
    server_time: Date.now() * 1_000,
    scopes,
    fill: first === 0 ? [0, 1] : [],
    rows: [
      ...(first === 0
        ? [{ scope: 0, groups: [{ kind: 'student', versions: [1], ids: [student], record: one }] }]
        : []),
      {
        scope: 1,
        groups: [{ kind: 'visit', versions, ids: each.map(() => randomUUID()), record: visits }],
      },
    ],
    cursor: `cursor ${first}`,
    complete: first + A_PAGE >= ROWS,
  };
}

const tokens = () => ({
  access: 'access',
  accessExpiresAt: Date.now() + 900_000,
  refresh: 'refresh',
  serverTime: Date.now(),
  account: {
    id: account,
    login: 'mara',
    locale: 'en',
    people: [
      {
        agency: { id: agency, name: 'District', timeZone: 'UTC' },
        person,
        name: 'Mara',
        staffRole: 'provider',
      },
    ],
  },
});

const visit = (_, n) => ({
  type: 'do',
  id: randomUUID(),
  agency,
  intent: {
    name: 'LogVisit',
    student,
    service: 'speech',
    startedAt: n * 3_600_000,
    endedAt: n * 3_600_000 + 1_800_000,
    attendance: 'present',
    note: note(n),
    points: [],
  },
});

/** How many of the phone's two stores open without a key: the device's own always does. */
async function inTheClear(profile) {
  const entries = await readdir(profile, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const heads = files.map(async ({ parentPath, name }) =>
    (await readFile(join(parentPath, name))).toString('latin1', HEAD, HEAD + PLAIN.length),
  );
  return (await Promise.all(heads)).filter((head) => head === PLAIN).length;
}

/** One phone's life: a first sync, a cold start, and a day's work without signal. */
async function life(files, how) {
  const phone = await Phone.start();
  try {
    const open = () => phone.visit(`${files.address}/encryption/index.html?${how}`);
    let tab = await open();
    const ask = (question) => tab.evaluate((question) => window.ask(question), question);
    const reply = ({ effects }, body) => ({
      type: 'reply',
      request: effects.findLast(({ type }) => type === 'send').request,
      status: 200,
      body: JSON.stringify(body),
    });
    let came = await ask({
      events: [{ type: 'online' }, { type: 'signIn', login: 'mara', password: 'a long sentence' }],
    });
    came = await ask({ events: [reply(came, tokens())] });
    let synced = 0;
    for (let first = 0; first < ROWS; first += A_PAGE) {
      came = await ask({
        events: [reply(came, { data: { syncPull: chunk({ page: pageOf(first) }) } })],
      });
      synced += came.took[0];
    }
    await ask({ events: [{ type: 'offline' }] });
    await phone.close();

    await phone.open();
    tab = await open();
    const home = await ask({ screen: { screen: 'home' } });
    if (home.shown.students?.length !== 1)
      throw new Error(`it did not sync: ${JSON.stringify(home.shown)}`);
    const page = await ask({ screen: { screen: 'student', agency, id: student } });
    if (page.shown.visits.length !== ROWS)
      throw new Error(`${page.shown.visits.length} visits are here`);
    const { took, effects } = await ask({ events: Array.from({ length: VISITS }, visit) });
    const refused = effects.find(({ type }) => type === 'refused');
    if (refused !== undefined) throw new Error(`refused: ${refused.code}`);
    await phone.close();
    const clear = await inTheClear(phone.profile);
    if (clear !== (how === 'plain' ? 2 : 1))
      throw new Error(`${how}: ${clear} stores open without a key`);
    return {
      first_sync_ms: synced,
      open_ms: home.unlocked,
      home_ms: home.read,
      student_ms: page.read,
      visit_ms: middle(took),
      slow_visit_ms: middle(took, 0.95),
    };
  } finally {
    await phone.throwAway();
  }
}

const files = await serveFolders({
  '/encryption/': here('.'),
  '/wasm/': here('../../../web/src/core/wasm'),
});
const lives = { encrypted: [], plain: [] };
for (let time = 0; time < TIMES; time += 1)
  for (const how of Object.keys(lives)) lives[how].push(await life(files, how));
await files.stop();

const middles = (how) => {
  const names = Object.keys(lives[how][0]);
  return Object.fromEntries(
    names.map((name) => [name, rounded(middle(lives[how].map((one) => one[name])))]),
  );
};
console.log(
  JSON.stringify({
    bench: 'encryption_at_rest',
    rows: ROWS,
    visits: VISITS,
    encrypted: middles('encrypted'),
    plain: middles('plain'),
  }),
);
