// Subscriptions through graphql-ws, the client of the protocol's own authors, against the running
// program.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import test, { after, before } from 'node:test';

import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

import { Server } from '../browser/server.mjs';
import { DIRECTOR, MANAGER, signIn } from './account.mjs';

let server;
let director;
let manager;
before(async () => {
  server = await Server.start('--sample');
  director = await signIn(server.address, DIRECTOR);
  manager = await signIn(server.address, MANAGER);
});
after(() => server.throwAway());

const socketAddress = () => `${server.address.replace('http', 'ws')}/graphql`;

function clientOf(t, token) {
  const client = createClient({
    url: socketAddress(),
    webSocketImpl: WebSocket,
    connectionParams: { token },
    retryAttempts: 0,
    lazyCloseTimeout: 1000,
  });
  t.after(() => client.dispose());
  return client;
}

/** Any student whom this person looks after. */
async function studentOf(person) {
  const { viewer } = await person.ask('{viewer{people{agency{students(first:1){nodes{id}}}}}}');
  return viewer.people.flatMap(({ agency }) => agency.students.nodes)[0].id;
}

/** The team writes a goal: a small change of which those who watch the student should hear. */
async function writeGoal(person, student) {
  const input = {
    student,
    operationId: randomUUID(),
    title: 'Asks for a break with a card',
    area: 'communication',
    unit: 'count',
    direction: 'INCREASE',
    baseline: 1,
    baselineOn: '2026-09-01',
    target: 5,
    targetOn: '2027-06-01',
  };
  const { goalCreate } = await person.ask(
    'mutation($input:GoalCreateInput!){goalCreate(input:$input){goal{id} userErrors{message}}}',
    { input },
  );
  assert.deepEqual(goalCreate.userErrors, []);
}

test('who watches a student hears of a change', async (t) => {
  const student = await studentOf(manager);
  const query = 'subscription($watch:[ID!]!){changed(watch:$watch)}';
  const changes = clientOf(t, director.token).iterate({ query, variables: { watch: [student] } });
  const told = { done: false, value: { data: { changed: [student] } } };
  assert.deepEqual(await changes.next(), told, 'what happened before is unknown');
  await writeGoal(manager, student);
  assert.deepEqual(await changes.next(), told);
  await changes.return();
});

test('a phone is told in which of its scopes something changed', async (t) => {
  const student = await studentOf(manager);
  const pokes = clientOf(t, manager.token).iterate({ query: 'subscription{syncPoke}' });
  assert.deepEqual((await pokes.next()).value.data.syncPoke, [], 'what happened before is unknown');
  await writeGoal(manager, student);
  const heard = (await pokes.next()).value.data.syncPoke;
  assert.ok(heard.length > 0, 'then the touched ones');
  assert.ok(heard.every((scope) => /^[0-9a-f]{32}\/student\//.test(scope)));
  await pokes.return();
});

test('a socket answers queries too, and outlives what was asked wrongly', async (t) => {
  const client = clientOf(t, director.token);
  const one = async (query) => (await client.iterate({ query }).next()).value;
  await assert.rejects(one('{nonsense}'), (errors) => /nonsense/.test(errors[0].message));
  const { data } = await one('{viewer{login}}');
  assert.equal(data.viewer.login, DIRECTOR.login);
});

test('a token that does not count is refused as forbidden', async (t) => {
  const client = clientOf(t, 'somebody');
  await assert.rejects(client.iterate({ query: '{version}' }).next(), (closed) => closed.code === 4403);
});

test('a second connection_init ends the socket', async () => {
  const socket = new WebSocket(socketAddress(), 'graphql-transport-ws');
  await once(socket, 'open');
  const init = JSON.stringify({ type: 'connection_init', payload: { token: director.token } });
  socket.send(init);
  const [ack] = await once(socket, 'message');
  assert.equal(JSON.parse(ack).type, 'connection_ack');
  socket.send(init);
  const [code] = await once(socket, 'close');
  assert.equal(code, 4429);
});

test('the protocol that was called graphql-ws before is not offered', async () => {
  const socket = new WebSocket(socketAddress(), 'graphql-ws');
  const [failure] = await once(socket, 'error');
  assert.match(failure.message, /400|subprotocol/i);
});
