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
  const over: string[] = [];
  const keep = (text: string, saw: string) => {
    kept.push(text);
    over.push(saw);
    return Promise.resolve();
  };
  const hook = renderHook(({ value }) => useAutosave(value, keep), {
    initialProps: { value: inCore },
  });
  return { kept, over, ...hook };
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

test('what is kept says over which words it was written, whatever came meanwhile', async () => {
  const { over, result, rerender } = field('seen');
  act(() => result.current.change('seen, and more'));
  rerender({ value: 'theirs' });
  act(() => result.current.change('seen, and more of it'));
  await act(() => vi.advanceTimersByTimeAsync(600));
  act(() => result.current.change('seen, and more of it. Still typing'));
  rerender({ value: 'theirs, and more of it' });
  await act(() => vi.advanceTimersByTimeAsync(600));
  rerender({ value: 'theirs, and all of it' });
  act(() => result.current.change('theirs, and all of it!'));
  await act(() => vi.advanceTimersByTimeAsync(600));
  expect(over).toEqual(['seen', 'seen, and more of it', 'theirs, and all of it']);
});

test('what could not be kept is written over what it was begun with', async () => {
  const over: string[] = [];
  const keep = (_: string, saw: string) => {
    over.push(saw);
    return over.length === 1 ? Promise.reject(new Error('full')) : Promise.resolve();
  };
  const { result } = renderHook(() => useAutosave('seen', keep));
  act(() => result.current.change('seen, and'));
  await act(() => vi.advanceTimersByTimeAsync(600));
  act(() => result.current.change('seen, and more'));
  await act(() => vi.advanceTimersByTimeAsync(600));
  expect(over).toEqual(['seen', 'seen']);
});
