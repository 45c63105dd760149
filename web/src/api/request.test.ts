import { afterEach, expect, test, vi } from 'vitest';
import { request } from './request.ts';
import { ViewerDocument } from './schema.ts';

afterEach(() => vi.unstubAllGlobals());

/** The network: answers by path, and tells what was asked. */
function network(answer: (path: string, call: number) => Response) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(answer(path, asked.filter(each => each === path).length));
  });
  return asked;
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const signedOut = { errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] };

test('an access token that ran out is renewed once, and the question asked again', async () => {
  const asked = network((path, call) =>
    path === '/graphql' && call === 1 ? json(signedOut) : json({ data: { viewer: null } }),
  );
  expect(await request(ViewerDocument, {})).toEqual({ viewer: null });
  expect(asked).toEqual(['/graphql', '/auth/refresh', '/graphql']);
});

test('questions asked at the same time share one renewal', async () => {
  const asked = network((path, call) =>
    path === '/graphql' && call <= 2 ? json(signedOut) : json({ data: { viewer: null } }),
  );
  await Promise.all([request(ViewerDocument, {}), request(ViewerDocument, {})]);
  expect(asked.filter(path => path === '/auth/refresh')).toHaveLength(1);
});

test('too much at once is no end of a sign-in', async () => {
  network(path =>
    path === '/graphql' ? json(signedOut) : json({ error: { code: 'RATE_LIMITED' } }, 429),
  );
  await expect(request(ViewerDocument, {})).rejects.toMatchObject({ kind: 'wait' });
  network(() => json({ error: { code: 'RATE_LIMITED' } }, 429));
  await expect(request(ViewerDocument, {})).rejects.toMatchObject({ kind: 'wait' });
});

test('a sign-in that ended is named as that', async () => {
  network(path => (path === '/graphql' ? json(signedOut) : json({}, 401)));
  await expect(request(ViewerDocument, {})).rejects.toMatchObject({ kind: 'signIn' });
});

test('no connection is named as that, and a fault of ours carries its number', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
  await expect(request(ViewerDocument, {})).rejects.toMatchObject({ kind: 'offline' });
  network(() =>
    json({ errors: [{ message: '', extensions: { code: 'INTERNAL', requestId: 'r7' } }] }),
  );
  await expect(request(ViewerDocument, {})).rejects.toMatchObject({
    kind: 'report',
    requestId: 'r7',
  });
});

test('a question is asked by its name, and in full where nobody knows the name', async () => {
  const sent: Record<string, unknown>[] = [];
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as Record<string, unknown>);
    const unknown = { errors: [{ message: '', extensions: { code: 'UNKNOWN_DOCUMENT' } }] };
    return Promise.resolve(
      sent.length === 1 ? json(unknown, 400) : json({ data: { viewer: null } }),
    );
  });
  expect(await request(ViewerDocument, {})).toEqual({ viewer: null });
  expect(sent[0]?.['documentId']).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(sent[0]).not.toHaveProperty('query');
  expect(sent[1]?.['query']).toBe(ViewerDocument.toString());
});
