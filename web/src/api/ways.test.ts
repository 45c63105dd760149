import { afterEach, beforeEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());
beforeEach(() => vi.resetModules());

function answers(...responses: (() => Promise<Response>)[]) {
  const left = [...responses];
  vi.stubGlobal('fetch', () => left.shift()?.() ?? Promise.reject(new TypeError('nothing left')));
}

const says = (status: number, body: object) => () =>
  Promise.resolve(new Response(JSON.stringify(body), { status }));
const ways = { passkeys: 'https://school.example', issuers: [] };

test('what the server knows is asked once', async () => {
  answers(says(200, ways));
  const { waysIn } = await import('./ways.ts');
  expect(await waysIn()).toEqual(ways);
  expect(await waysIn()).toEqual(ways);
});

test('too many requests, or no network, is no answer: it is asked again', async () => {
  answers(
    says(429, { code: 'RATE_LIMITED' }),
    () => Promise.reject(new TypeError('lost')),
    says(200, ways),
  );
  const { waysIn } = await import('./ways.ts');
  expect(await waysIn()).toBeNull();
  expect(await waysIn()).toBeNull();
  expect(await waysIn()).toEqual(ways);
});
