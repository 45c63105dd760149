import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { describe, expect, test } from 'vitest';
import { useDates } from './useDates.ts';

const from = Date.parse('2026-12-02T22:15:00Z');
const to = Date.parse('2026-12-02T23:15:00Z');

function spanIn(timeZone: string | undefined): string {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <IntlProvider locale="en">{children}</IntlProvider>
  );
  const { result } = renderHook(() => useDates(timeZone), { wrapper });
  return result.current.span(from, to).replace(/[\u2009\u202f]/g, ' ');
}

describe('the time of a meeting', () => {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

  test('is the school’s, and says so where the reader’s clock shows another', () => {
    const school = here === 'America/Denver' ? 'America/Chicago' : 'America/Denver';
    const [first, name] = school === 'America/Denver' ? ['3:15', 'MST'] : ['4:15', 'CST'];
    expect(spanIn(school)).toContain(first);
    expect(spanIn(school)).toContain(name);
  });

  test('names no zone where the clocks agree', () => {
    expect(spanIn(here)).toMatch(/[AP]M$/);
    expect(spanIn(undefined)).toBe(spanIn(here));
  });
});
