// A real district, from its roster to a parent's phone: the office gets in with a code, verifies a
// contact, grants rights and hands out a code. Whatever ends afterwards leaves the phones.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { Inspection } from './checks.mjs';
import { Phone, atDesk, desk } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { Roster, absent } from './roster.mjs';
import { Server } from './server.mjs';

const PASSWORD = 'four words of our own';
const OFFICE = 'STF_207288';
const TEACHER = 'STF_207269';
const CHILD = '604821';

const codeIn = (said) => /^ {4}(\S{5}-\S{5})$/m.exec(said)[1];

async function phoneOf(t, server) {
  const phone = await Phone.start();
  t.after(() => phone.throwAway());
  return OnThePhone.open(phone.context, server);
}

/** The names of all students that an account is shown in any way. */
async function studentsOf(server, login) {
  const post = async (path, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    return (await fetch(server.address + path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const device = { kind: 'phone', name: 'A look', store: crypto.randomUUID() };
  const { access } = await post('/auth/sign-in', { login, password: PASSWORD, device });
  const query = '{ viewer { people { agency { students { nodes { name } } } } } }';
  const { data } = await post('/graphql', { query }, access);
  return data.viewer.people.flatMap(({ agency }) => agency.students.nodes.map(({ name }) => name));
}

test('an imported district: people grant rights, and what ends leaves the phones', { skip: absent }, async (t) => {
  const roster = await Roster.ofThisYear();
  t.after(() => roster.throwAway());
  const server = await Server.start();
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());

  const started = Date.now();
  const report = server.run('import', 'oneroster', roster.folder);
  t.diagnostic(`imported in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  assert.match(report, /^students +960 /m);
  assert.match(report, /Nobody signs in to Grand Bend ISD yet/);
  assert.match(server.run('import', 'oneroster', roster.folder), /nothing to do/);

  const { givenName, familyName } = (await roster.rows('users.csv')).find(({ sourcedId }) => sourcedId === CHILD);
  const child = `${givenName} ${familyName}`;
  const office = await AtTheDesk.open(await atDesk(browser), server);
  await office.redeems(codeIn(server.run('invite', OFFICE)), { login: 'barry', password: PASSWORD });
  await office.goesTo('imports');
  await office.page.getByRole('row', { name: /^Students 960 / }).waitFor();
  const inspection = new Inspection('staff');
  await inspection.look(office.page, 'an import');
  assert.deepEqual(inspection.found, []);
  await office.goesTo('');
  await office.findsAmongAll(child);
  await office.opensStudent(child);
  const mother = await office.verifiesContact('Mother');
  await office.grantsRights(mother, 'birth certificate');
  const code = await office.makesCodeFor(mother);

  const hers = await phoneOf(t, server);
  await hers.redeems(code, { login: 'mother@home.example', password: PASSWORD });
  await hers.declinesPasskey();
  await hers.sees(givenName);
  assert.deepEqual(await studentsOf(server, 'mother@home.example'), [child], 'none of the other 959');

  // A court's order keeps her away while it stands, whatever she was granted.
  await office.recordsOrderAgainst(mother, 'Family Court 26-114, seen by the office');
  await hers.page.getByText(givenName).first().waitFor({ state: 'detached' });
  assert.deepEqual(await studentsOf(server, 'mother@home.example'), []);
  await inspection.look(office.page, 'a contact who is kept away');
  assert.deepEqual(inspection.found, []);
  await office.liftsOrderAgainst(mother, 'Family Court 26-201, seen by the office');
  await hers.sees(givenName);

  // The grant was wrong. It is undone, and the child leaves the phone by itself.
  await office.endsRightsOf(mother);
  await hers.page.getByText(givenName).first().waitFor({ state: 'detached' });
  assert.deepEqual(await studentsOf(server, 'mother@home.example'), []);

  // A teacher has her class on her phone until a roster says that she left.
  const seats = await roster.rows('enrollments.csv');
  const taught = seats.filter((seat) => seat.userSourcedId === TEACHER).map((seat) => seat.classSourcedId);
  const pupils = seats.filter((seat) => seat.role === 'student' && taught.includes(seat.classSourcedId));
  const teacher = await phoneOf(t, server);
  await teacher.redeems(codeIn(server.run('invite', TEACHER)), { login: 'teacher', password: PASSWORD });
  await teacher.declinesPasskey();
  await teacher.hasEverything();
  const students = teacher.page.locator('a[href*="/student/"]');
  assert.ok(pupils.length > 0);
  assert.equal(await students.count(), pupils.length);

  await roster.without(TEACHER);
  assert.match(server.run('import', 'oneroster', roster.folder), new RegExp(`ended staff: ${TEACHER}`));
  await teacher.page.reload();
  await students.first().waitFor({ state: 'detached' });
});
