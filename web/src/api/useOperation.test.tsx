import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { VerifyContactDocument, type VerifyContactMutationVariables } from './schema.ts';
import { useOperation } from './useOperation.ts';

afterEach(() => vi.unstubAllGlobals());

function wrapper({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;
}

/** The network: loses the first `lost` replies; tells which operations reached the server. */
function network(lost: number) {
  const ids: string[] = [];
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
    const { variables } = JSON.parse(body) as { variables: VerifyContactMutationVariables };
    ids.push(variables.input.operationId);
    if (ids.length <= lost) return Promise.reject(new TypeError('lost'));
    return Promise.resolve(
      new Response(JSON.stringify({ data: { contactVerify: { contact: null, userErrors: [] } } })),
    );
  });
  return ids;
}

const verify = () => renderHook(() => useOperation(VerifyContactDocument), { wrapper }).result;

test('a repeat after a lost reply is the same operation', async () => {
  const ids = network(1);
  const operation = verify();
  act(() => operation.current.run({ contact: 'con_1', verified: true }));
  await waitFor(() => expect(operation.current.fault?.kind).toBe('offline'));
  act(() => operation.current.run({ contact: 'con_1', verified: true }));
  await waitFor(() => expect(operation.current.fault).toBeNull());
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});

test('doing the same once more, or something else, is another operation', async () => {
  const ids = network(0);
  const operation = verify();
  for (const verified of [true, true, false]) {
    act(() => operation.current.run({ contact: 'con_1', verified }));
    await waitFor(() => expect(operation.current.pending).toBe(false));
  }
  expect(new Set(ids).size).toBe(3);
});

test('what was done is told though what was pressed has left the page meanwhile', async () => {
  network(0);
  const told = vi.fn();
  const { result, unmount } = renderHook(() => useOperation(VerifyContactDocument), { wrapper });
  act(() => result.current.run({ contact: 'con_1', verified: true }, told));
  unmount();
  await waitFor(() => expect(told).toHaveBeenCalledOnce());
});
