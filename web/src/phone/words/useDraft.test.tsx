import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDraft } from './useDraft.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Form {
  note: string;
  minutes: number;
}

function form(begun: Form | null = null) {
  const kept: (Form | null)[] = [];
  const keep = (value: Form | null) => {
    kept.push(value);
    return Promise.resolve();
  };
  const begin = () => ({ note: '', minutes: 30 });
  return { kept, ...renderHook(() => useDraft(begun, begin, keep)) };
}

test('a pause in typing keeps the whole form once', async () => {
  const { kept, result } = form();
  act(() => result.current.change({ note: 'She' }));
  act(() => result.current.change({ minutes: 25 }));
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(kept).toEqual([{ note: 'She', minutes: 25 }]);
});

test('leaving in mid-sentence keeps what was typed', () => {
  const { kept, result, unmount } = form();
  act(() => result.current.change({ note: 'She re' }));
  unmount();
  expect(kept).toEqual([{ note: 'She re', minutes: 30 }]);
});

test('a form that was begun goes on where it was', () => {
  const { result } = form({ note: 'She said', minutes: 20 });
  expect(result.current).toMatchObject({ value: { note: 'She said', minutes: 20 }, found: true });
});

test('once saved, the last letters do not begin it again', () => {
  const { kept, result, unmount } = form();
  act(() => result.current.change({ note: 'Done.' }));
  act(() => result.current.stop());
  unmount();
  expect(kept).toEqual([]);
});

test('starting over throws away what was begun', () => {
  const { kept, result } = form({ note: 'She said', minutes: 20 });
  act(() => result.current.startOver());
  expect(kept).toEqual([null]);
  expect(result.current).toMatchObject({ value: { note: '', minutes: 30 }, found: false });
});
