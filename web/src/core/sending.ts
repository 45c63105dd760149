// One request of the core over HTTP: its answer, or that there was none. The core decides
// whether and when to try again.
import type { CoreEvent, Effect } from './face.ts';

const PATIENCE = 60_000;

type Request = Extract<Effect, { type: 'send' }>;

/** What came: a file as bytes, anything else as text. */
export type Came = { status: number; body: string | Blob };

export async function send(asked: Request, closed: AbortController): Promise<CoreEvent> {
  const { request } = asked;
  const came = await ask(asked, closed);
  return typeof came?.body === 'string'
    ? { type: 'reply', request, status: came.status, body: came.body }
    : { type: 'failed', request };
}

/** The server's answer; null when it was not reached. */
export async function ask(
  { method, path, headers, body }: Omit<Request, 'type' | 'request'>,
  closed: AbortController,
): Promise<Came | null> {
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
    const isFile = response.headers.get('content-type') === 'application/zip';
    return {
      status: response.status,
      body: isFile ? await response.blob() : await response.text(),
    };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    closed.signal.removeEventListener('abort', giveUp);
  }
}
