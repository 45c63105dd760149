import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { forgetDrafts, useDraft } from './useDraft.ts';

const form = () => renderHook(() => useDraft('visit', () => ({ note: '', minutes: 30 })));

test('a note that was begun is there when the page is opened again', () => {
  const first = form();
  act(() => first.result.current.change({ note: 'She said' }));
  first.unmount();
  expect(form().result.current).toMatchObject({
    value: { note: 'She said', minutes: 30 },
    found: true,
  });
  forgetDrafts();
  expect(form().result.current.found).toBe(false);
});
