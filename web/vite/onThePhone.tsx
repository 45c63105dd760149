// For tests: a page of the phone over a core that answers as the test says, in the place of the
// worker that holds the real one.
import { render, type RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter, Route, Routes } from 'react-router';
import { vi } from 'vitest';
import { CoreClient } from '../src/core/client.ts';
import type { Outcome, ToPage, ToWorker } from '../src/core/words.ts';
import { CoreProvider } from '../src/phone/core/CoreProvider.tsx';
import { UpdateProvider } from '../src/phone/frame/UpdateProvider.tsx';
import { PhoneInEnglish } from './inEnglish.tsx';

export interface Answers {
  /** What each screen shows. */
  screens: Record<string, unknown>;
  /** What the server answers; `null` when there is no contact. */
  server: (body: { variables: Record<string, unknown> }) => unknown;
}

const OFFLINE: Outcome = { ok: false, refused: { code: 'OFFLINE' } };

export function onThePhone(page: ReactElement, path: string, at: string, answers: Answers) {
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperties(navigator, {
    locks: { configurable: true, value: {} },
    storage: { configurable: true, value: { getDirectory: () => undefined } },
  });
  const core = new CoreClient(() => worker(answers), 'A phone', 'test');
  core.open();
  const view: RenderResult = render(
    <PhoneInEnglish>
      <CoreProvider core={core}>
        <UpdateProvider>
          <MemoryRouter initialEntries={[at]}>
            <Routes>
              <Route path={path} element={page} />
            </Routes>
          </MemoryRouter>
        </UpdateProvider>
      </CoreProvider>
    </PhoneInEnglish>,
  );
  return view;
}

function worker(answers: Answers): Worker {
  const it = {
    postMessage: (word: ToWorker) => void hear(word),
    onmessage: null,
  } as unknown as Worker;
  const hear = async (word: ToWorker) => {
    if (word.say !== 'call') return;
    await Promise.resolve();
    const data: ToPage = { say: 'answer', id: word.call.id, outcome: outcome(word, answers) };
    it.onmessage?.({ data } as MessageEvent<ToPage>);
  };
  return it;
}

function outcome({ call }: Extract<ToWorker, { say: 'call' }>, answers: Answers): Outcome {
  if (call.kind === 'take' || call.kind === 'guard') return { ok: true };
  if (call.kind === 'read') {
    const { screen } = JSON.parse(call.screen) as { screen: string };
    return { ok: true, value: answers.screens[screen] ?? null };
  }
  const data = answers.server(call.body as { variables: Record<string, unknown> });
  return data === null ? OFFLINE : { ok: true, value: { status: 200, body: { data } } };
}
