// @vitest-environment happy-dom
import type { Sink } from 'graphql-ws';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Listening } from './listening.ts';

/** The subscriptions that were asked for, and how many clients were let go. */
const server = vi.hoisted(() => ({ sinks: [] as Sink[], disposed: 0 }));

vi.mock('graphql-ws', () => ({
  createClient: () => ({
    subscribe: (_: unknown, sink: Sink) => void server.sinks.push(sink),
    dispose: () => void (server.disposed += 1),
  }),
}));

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(server, { sinks: [], disposed: 0 });
});
afterEach(() => void vi.useRealTimers());

test('a subscription that the server ended, or refused for now, is asked for again', async () => {
  const poke = vi.fn();
  const listening = new Listening(poke);
  listening.listen('token');
  server.sinks.at(-1)?.complete();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.sinks.length).toBe(2);
  server.sinks.at(-1)?.error([{ message: 'something went wrong' }]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(server.sinks.length).toBe(3);
  server.sinks.at(-1)?.next({ data: { syncPoke: [] } });
  expect(poke).toHaveBeenCalledOnce();
});

test('a server that ends it at once is asked less and less often', async () => {
  new Listening(() => undefined).listen('token');
  for (let second = 0; second < 600; second += 1) {
    const [asked, last] = [server.sinks.length, server.sinks.at(-1)];
    last?.complete();
    server.sinks[asked - 1] = { next: () => {}, error: () => {}, complete: () => {} };
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(server.sinks.length).toBeGreaterThan(8);
  expect(server.sinks.length).toBeLessThan(40);
});

test('what was hushed stays silent, and a refused token waits for a better one', async () => {
  const listening = new Listening(() => undefined);
  listening.listen('token');
  server.sinks.at(-1)?.error(new Event('close'));
  await vi.advanceTimersByTimeAsync(100_000);
  expect(server.sinks.length).toBe(1);
  listening.hush();
  server.sinks.at(-1)?.complete();
  await vi.advanceTimersByTimeAsync(100_000);
  expect([server.sinks.length, server.disposed]).toEqual([1, 1]);
});
