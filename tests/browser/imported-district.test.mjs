// A district that nobody of this project made, from its roster to a parent's phone: the Grand Bend
// sample is imported, the office gets in with a code, verifies a contact, grants rights and hands
// out a code. Whatever ends afterwards leaves the phones.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Phone, desk } from './driver.mjs';
import { Server } from './server.mjs';

const REAL =
  process.env.AIMLINE_REAL_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const GRAND_BEND = join(REAL, 'grand-bend');
const PASSWORD = 'four words of our own';
const TEACHER = 'STF_207269';

/** The sample with its school year of 2021 moved to this one. */
async function thisYear(t) {
  const folder = await mkdtemp(join(tmpdir(), 'aimline-roster-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(GRAND_BEND, folder, { recursive: true });
  const now = new Date();
  const first = now.getFullYear() - (now.getMonth() < 7 ? 1 : 0);
  for (const file of ['enrollments.csv', 'academicSessions.csv']) {
    await change(folder, file, text =>
      text
        .replaceAll(/\b2022-(\d\d-\d\d)\b/g, `${first + 1}-$1`)
        .replaceAll(/\b2021-(\d\d-\d\d)\b/g, `${first}-$1`),
    );
  }
  return folder;
}

async function change(folder, file, how) {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  await rm(path);
  await writeFile(path, how(text));
}

/** Rows of a file as arrays; the sample quotes nothing that matters here but lists. */
async function rows(folder, file) {
  const text = await readFile(join(folder, file), 'utf8');
  const split = line =>
    line.match(/("([^"]*)"|[^,]*)(,|$)/g).map(cell => cell.replace(/,$/, '').replaceAll('"', ''));
  return text.trim().split(/\r?\n/).slice(1).map(split);
}

const codeIn = said => /^ {4}(\S{5}-\S{5})$/m.exec(said)[1];

async function redeemOnPhone(app, code, login) {
  await app.getByRole('link', { name: 'I have a code' }).click();
  await app.getByLabel('Code').fill(code);
  await app.getByLabel('Your sign-in name').fill(login);
  await app.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await app.getByRole('button', { name: 'Open' }).click();
}

const skip = existsSync(GRAND_BEND)
  ? false
  : `${GRAND_BEND} is not here: no real district to import`;

test(
  'an imported district: rights are granted by a person, and what ends leaves the phones',
  { skip },
  async t => {
    const roster = await thisYear(t);
    const server = await Server.start();
    t.after(() => server.throwAway());
    const started = Date.now();
    const report = server.run('import', 'oneroster', roster);
    t.diagnostic(`imported in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    assert.match(report, /^students +960 /m);
    assert.match(report, /Nobody signs in to Grand Bend ISD yet/);
    assert.match(server.run('import', 'oneroster', roster), /nothing to do/);

    const browser = await desk();
    t.after(() => browser.close());
    const office = await browser.newPage();
    await office.goto(`${server.address}/staff/redeem`);
    await office.getByLabel('Code').fill(codeIn(server.run('invite', 'STF_207288')));
    await office.getByLabel('Login').fill('barry');
    await office.getByLabel('Password').fill(PASSWORD);
    await office.getByRole('button', { name: 'Begin' }).click();

    const [, , , , , , , , given, family] = (await rows(roster, 'users.csv')).find(
      ([id]) => id === '604821',
    );
    const child = `${given} ${family}`;
      await office.getByLabel('Search by name').fill(child);
  // Students with a plan are listed first; this one has none yet.
  await office.getByRole('button', { name: 'Search all students' }).click();
    await office.getByRole('link', { name: child }).click();
    await office.getByRole('heading', { level: 1, name: child }).waitFor();
    const mother = office
      .getByRole('listitem')
      .filter({ hasText: 'Mother' })
      .filter({ hasText: 'Not verified' });
    assert.equal(
      await mother.getByRole('button', { name: /Grant rights/ }).count(),
      0,
      'no rights before that',
    );
    const name = await mother.locator('strong').innerText();
    await mother.getByRole('button', { name: /^Verify/ }).click();
    await office.getByRole('button', { name: `Grant rights ${name}` }).click();
    await office.getByLabel(/What did you see/).fill('birth certificate');
    await office.getByRole('dialog').getByRole('button', { name: 'Grant rights' }).click();
    await office.getByRole('button', { name: `Make a code ${name}` }).click();
    await office.getByRole('dialog').getByRole('button', { name: 'Make a code' }).click();
    const code = await office.getByLabel('Invitation code').innerText();
    await office.getByRole('dialog').getByRole('button', { name: 'Done' }).click();

    const phone = await Phone.start();
    t.after(() => phone.throwAway());
    const app = await phone.visit(`${server.address}/phone/`);
    await redeemOnPhone(app, code, 'mother@home.example');
    await app.getByText(given).first().waitFor();
    const seen = await app.request.post(`${server.address}/auth/sign-in`, {
      data: {
        login: 'mother@home.example',
        password: PASSWORD,
        device: { kind: 'phone', name: 'A look', store: crypto.randomUUID() },
      },
    });
    const { access } = await seen.json();
    const answer = await app.request.post(`${server.address}/graphql`, {
      headers: { authorization: `Bearer ${access}` },
      data: {
        query: '{ viewer { people { agency { students { totalCount nodes { name } } } } } }',
      },
    });
    const { agency } = (await answer.json()).data.viewer.people[0];
    assert.deepEqual(
      agency.students,
      { totalCount: 1, nodes: [{ name: child }] },
      'none of the other 959',
    );

    // The grant was wrong: it is undone, and the child leaves the phone by itself.
    await office.getByRole('button', { name: `End rights ${name}` }).click();
    await office
      .getByRole('dialog')
      .or(office.getByRole('alertdialog'))
      .getByRole('button', { name: 'End rights' })
      .click();
    await app.getByText(given).first().waitFor({ state: 'detached' });

    // A teacher has her class on her phone until a roster says that she left.
    const seats = await rows(roster, 'enrollments.csv');
    const taught = new Set(seats.filter(seat => seat[5] === TEACHER).map(seat => seat[3]));
    const pupils = seats.filter(seat => taught.has(seat[3]) && seat[6] === 'student').length;
    const hers = await Phone.start();
    t.after(() => hers.throwAway());
    const caseload = await hers.visit(`${server.address}/phone/`);
    await redeemOnPhone(caseload, codeIn(server.run('invite', TEACHER)), 'teacher@school.example');
    const students = caseload.locator('a[href*="/students/"], a[href*="/student/"]');
    await students.first().waitFor();
    assert.ok(pupils > 0);
    const shown = new Set(
      await students.evaluateAll(links => links.map(link => link.getAttribute('href'))),
    );
    assert.equal(shown.size, pupils);

    await change(roster, 'users.csv', text =>
      text.replace(new RegExp(`^${TEACHER},.*\\r?\\n`, 'm'), ''),
    );
    await change(roster, 'enrollments.csv', text =>
      text.replaceAll(new RegExp(`^.*,${TEACHER},.*\\r?\\n`, 'gm'), ''),
    );
    assert.match(server.run('import', 'oneroster', roster), new RegExp(`ended staff: ${TEACHER}`));
    await caseload.reload();
    await students.first().waitFor({ state: 'detached' });
  },
);
