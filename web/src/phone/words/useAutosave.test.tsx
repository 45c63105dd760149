import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useAutosave } from './useAutosave.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function field(inCore: string) {
  const kept: string[] = [];
  const keep = (text: string) => {
    kept.push(text);
    return Promise.resolve();
  };
  const hook = renderHook(({ value }) => useAutosave(value, keep), {
    initialProps: { value: inCore },
  });
  return { kept, ...hook };
}

test('a pause in typing keeps the last words once', async () => {
  const { kept, result } = field('');
  act(() => result.current.change('She'));
  act(() => result.current.change('She reads'));
  await act(() => vi.advanceTimersByTimeAsync(600));
  expect([kept, result.current.keeping]).toEqual([['She reads'], 'kept']);
});

test('leaving the page in mid-sentence keeps what was typed', () => {
  const { kept, result, unmount } = field('');
  act(() => result.current.change('She re'));
  unmount();
  expect(kept).toEqual(['She re']);
});

test("another's words never replace a sentence that is being typed", async () => {
  const { result, rerender } = field('ours');
  act(() => result.current.change('ours, longer'));
  rerender({ value: 'theirs' });
  expect(result.current.text).toBe('ours, longer');
  await act(() => vi.advanceTimersByTimeAsync(600));
  rerender({ value: 'theirs, then ours, longer' });
  expect(result.current.text).toBe('theirs, then ours, longer');
});
