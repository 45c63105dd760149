import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { LookFragment, StudentAction, StudentPageFragment } from '~/api/schema.ts';
import { InEnglish } from '../../../../vite/inEnglish.tsx';
import { StudentContext } from '../StudentContext.ts';
import { Looks } from './Looks.tsx';

afterEach(() => vi.unstubAllGlobals());

const by = (on: string, name: string, more: Partial<LookFragment> = {}): LookFragment => ({
  on,
  asFamily: false,
  role: 'TEACHER',
  services: [],
  topics: ['GOALS'],
  by: { person: `per_${name}`, name },
  ...more,
});

/** The section as somebody with these rights has it; the network answers with the entries. */
function open(can: StudentAction[], accessLog: LookFragment[]) {
  const answer = { data: { node: { id: 'stu_1', can, accessLog } } };
  const network = vi.fn(() => Promise.resolve(new Response(JSON.stringify(answer))));
  vi.stubGlobal('fetch', network);
  const student = { id: 'stu_1', can } as unknown as StudentPageFragment;
  const view = { student, timeZone: 'UTC', fresh: new Set<string>(), refresh: () => undefined };
  render(
    <InEnglish>
      <QueryClientProvider client={new QueryClient()}>
        <StudentContext value={view}>
          <Looks />
        </StudentContext>
      </QueryClientProvider>
    </InEnglish>,
  );
  return network;
}

const rows = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getByRole('rowheader').textContent);

test('a director reads everybody, and one person alone when asked', async () => {
  open(
    ['SEE_ACCESS_LOG'],
    [
      by('2026-11-20', 'Tom Lindqvist'),
      by('2026-11-18', 'Rosa Delgado', { asFamily: true, role: null }),
      by('2026-11-17', 'Tom Lindqvist'),
    ],
  );
  await screen.findByRole('table');
  expect(rows()).toEqual(['Tom LindqvistTeacher', 'Rosa DelgadoFamily', 'Tom LindqvistTeacher']);
  await userEvent.selectOptions(screen.getByLabelText('Person'), 'Rosa Delgado');
  expect(rows()).toEqual(['Rosa DelgadoFamily']);
  screen.getByText('3 days shown, back to Nov 17, 2026.');
});

test('where nobody looked, the section says so', async () => {
  open(['SEE_ACCESS_LOG'], []);
  await screen.findByText('Nobody has looked so far');
});

test('who may not read the log is shown no section, and nothing is asked', () => {
  const network = open(['SEE_GOALS'], []);
  expect(screen.queryByText('Who looked at this record')).toBeNull();
  expect(network).not.toHaveBeenCalled();
});
