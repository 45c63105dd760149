import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { LookFragment, WhoLookedQuery } from '~/api/schema.ts';
import { onThePhone } from '../../../vite/onThePhone.tsx';
import { LooksPage } from './LooksPage.tsx';

afterEach(() => vi.unstubAllGlobals());

const by = (on: string, name: string, more: Partial<LookFragment> = {}): LookFragment => ({
  on,
  asFamily: false,
  role: 'TEACHER',
  services: [],
  topics: ['GOALS', 'MEETINGS'],
  by: { person: `per_${name}`, name },
  ...more,
});

const log = (accessLog: LookFragment[]): WhoLookedQuery => ({
  node: { id: 'stu_1_2', can: ['SEE_ACCESS_LOG'], accessLog },
});

function student(roles: { role: string }[]) {
  const card = { agency: 'a-1', id: 'c-2', name: 'Luz Álvarez', givenName: 'Luz', roles };
  const team = [{ person: 'p', name: 'Priya Raman', role: 'case_manager' }];
  return {
    student: card,
    goals: [],
    visits: [],
    attempts: [],
    meetings: [],
    team,
    mine: { roles },
  };
}

function open(
  server: (asked: { variables: Record<string, unknown> }) => WhoLookedQuery | null,
  { online = true, role = 'guardian' } = {},
) {
  const screens = { student: student([{ role }]), home: { online, students: [] } };
  onThePhone(<LooksPage />, 'student/:agency/:id/looks', '/student/a-1/c-2/looks', {
    screens,
    server,
  });
}

test('a parent reads who looked, what they are to the child, and at what, the newest day first', async () => {
  const asked: unknown[] = [];
  open(({ variables }) => {
    if ('days' in variables) asked.push(variables['id']);
    return log([
      by('2026-11-20', 'Tom Lindqvist'),
      by('2026-11-18', 'Samira Haddad', { role: 'PROVIDER', services: ['speech'] }),
    ]);
  });
  const days = await screen.findAllByRole('heading', { level: 2 });
  expect(days.map(day => day.textContent)).toEqual([
    'Friday, November 20, 2026',
    'Wednesday, November 18, 2026',
  ]);
  const tom = within(screen.getByRole('list', { name: 'Friday, November 20, 2026' }));
  tom.getByText('Tom Lindqvist');
  tom.getByText('Teacher');
  tom.getByText('Looked at: progress on goals and meetings');
  screen.getByText('Speech therapy');
  screen.getByText(/Priya Raman/);
  expect(asked).toEqual(['stu_a1_c2']);
});

test('where nobody looked, the page says so', async () => {
  open(() => log([]));
  await screen.findByText('Nobody has looked so far');
});

test('without a network the page says that it needs one, and reads again when asked', async () => {
  let answer: WhoLookedQuery | null = null;
  open(() => answer, { online: false });
  await screen.findByText('This list needs a network');
  answer = log([by('2026-11-20', 'Tom Lindqvist')]);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Tom Lindqvist');
  expect(screen.queryByText('This list needs a network')).toBeNull();
});

test('whoever asks for earlier days goes on reading at the first of them', async () => {
  const day = (n: number) => `2026-10-${String(n).padStart(2, '0')}`;
  const twenty = Array.from({ length: 20 }, (_, n) => by(day(30 - n), 'Tom Lindqvist'));
  open(({ variables }) =>
    variables['before'] == null ? log(twenty) : log([by('2026-10-02', 'Samira Haddad')]),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Show earlier days' }));
  const first = await screen.findByRole('heading', { name: 'Friday, October 2, 2026' });
  await waitFor(() => expect(document.activeElement).toBe(first));
  expect(screen.queryByRole('button', { name: 'Show earlier days' })).toBeNull();
  screen.getByText('This is the whole list.');
});

test('whoever is not family here finds nothing, and nothing is asked', async () => {
  const server = vi.fn(() => log([]));
  open(server, { role: 'provider' });
  await screen.findByText('This page is not on this phone');
  expect(server).not.toHaveBeenCalled();
});
