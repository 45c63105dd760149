// One request of the core over HTTP: its answer, or that there was none. The core decides
// whether and when to try again.
import type { CoreEvent, Effect } from './face.ts';

const PATIENCE = 60_000;

type Request = Extract<Effect, { type: 'send' }>;

export async function send(asked: Request, closed: AbortController): Promise<CoreEvent> {
  const { request, method, path, headers, body } = asked;
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, PATIENCE);
  closed.signal.addEventListener('abort', giveUp);
  try {
    const response = await fetch(path, {
      method,
      headers: headers ?? {},
      body: body ?? null,
      cache: 'no-store',
      // Phones carry their token in a header; a cookie of the staff pages must not ride along.
      credentials: 'omit',
      signal: patience.signal,
    });
    return { type: 'reply', request, status: response.status, body: await response.text() };
  } catch {
    return { type: 'failed', request };
  } finally {
    clearTimeout(timer);
    closed.signal.removeEventListener('abort', giveUp);
  }
}
