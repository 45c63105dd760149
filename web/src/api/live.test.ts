// @vitest-environment happy-dom
import type { Sink } from 'graphql-ws';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveState, stopListening, watch } from './live.ts';

/** The subscriptions that were asked for. */
const server = vi.hoisted(() => ({ sinks: [] as Sink[] }));

vi.mock('graphql-ws', () => ({
  createClient: () => ({
    subscribe: (_: unknown, sink: Sink) => {
      server.sinks.push(sink);
      // As the library does: whoever leaves is told that it is complete.
      return () => sink.complete();
    },
    dispose: () => undefined,
  }),
}));

const changed = (...ids: string[]) => ({ data: { changed: ids } });
function last(): Sink {
  const sink = server.sinks.at(-1);
  if (sink === undefined) throw new Error('nothing was asked for');
  return sink;
}

beforeEach(() => {
  vi.useFakeTimers();
  server.sinks = [];
});
afterEach(() => {
  stopListening();
  vi.useRealTimers();
});

test('a watch that the server ended, or refused for now, is taken up again and says so meanwhile', async () => {
  const heard = vi.fn();
  watch(['ana'], heard);
  last().next(changed('ana'));
  expect(liveState()).toBe('live');

  last().complete();
  expect(liveState()).toBe('lost');
  await vi.advanceTimersByTimeAsync(500);
  expect(server.sinks.length).toBe(2);
  last().error([{ message: 'too many requests' }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([server.sinks.length, liveState()]).toEqual([3, 'lost']);

  // What it missed is unknown, so the first word names it.
  last().next(changed('ana'));
  expect([heard.mock.calls.length, liveState()]).toEqual([2, 'live']);
});

test('a page is not live while one of two watches is unheard', async () => {
  watch(['ana'], () => undefined);
  const first = last();
  watch(['ben'], () => undefined);
  first.error([{ message: 'something went wrong' }]);
  last().next(changed('ben'));
  expect(liveState()).toBe('lost');
  await vi.advanceTimersByTimeAsync(500);
  last().next(changed('ana'));
  expect(liveState()).toBe('live');
});

test('a server that ends it at once is asked less and less often', async () => {
  watch(['ana'], () => undefined);
  for (let second = 0; second < 600; second += 1) {
    const asked = server.sinks.length;
    last().complete();
    server.sinks[asked - 1] = { next: () => {}, error: () => {}, complete: () => {} };
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(server.sinks.length).toBeGreaterThan(15);
  expect(server.sinks.length).toBeLessThan(60);
});

test('whoever leaves, or signs out, is not heard of again', async () => {
  const leave = watch(['ana'], () => undefined);
  leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([server.sinks.length, liveState()]).toEqual([1, 'connecting']);
  watch(['ana'], () => undefined);
  stopListening();
  last().complete();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([server.sinks.length, liveState()]).toEqual([2, 'connecting']);
});
