// Hears from the server that something changed, over one WebSocket for the whole page. A watch is
// only a hint to fetch again. What happened before the server began to watch is unknown, so it
// names everything once when it begins, after each connection too; from then on nothing is missed.
import { createClient, type Client } from 'graphql-ws';
import { refresh } from './auth.ts';
import { asFault } from './fault.ts';
import { ChangedDocument, type ChangedSubscription } from './schema.ts';
import { sessionEnd } from './sessionEnd.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

let client: Client | null = null;
let connection: LiveState = 'connecting';
/** Watches that the server ended or refused, until they are taken up again. */
const unheard = new Set<symbol>();
const listeners = new Set<() => void>();

/** Live only if all that the page watches is. */
export function liveState(): LiveState {
  return unheard.size > 0 ? 'lost' : connection;
}

export function onLiveState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: LiveState): void {
  connection = next;
  tell();
}

function tell(): void {
  listeners.forEach(listener => listener());
}

function connect(): Client {
  let refused = false;
  return createClient({
    url: new URL('/graphql', location.href).href.replace(/^http/, 'ws'),
    lazy: true,
    keepAlive: 20_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: async retries => {
      if (refused) await renew();
      await pause(retries);
    },
    on: {
      connected: () => {
        refused = false;
      },
      closed: event => {
        // Forbidden: the cookie's token ran out while the page was open.
        refused = event instanceof CloseEvent && event.code === 4403;
        become('lost');
      },
    },
  });
}

async function pause(retries: number): Promise<void> {
  const most = Math.min(30_000, 500 * 2 ** retries);
  await new Promise(resolve => setTimeout(resolve, most * (0.5 + Math.random() / 2)));
}

async function renew(): Promise<void> {
  try {
    await refresh();
  } catch (error) {
    if (asFault(error).kind === 'signIn') sessionEnd.set(true);
  }
}

/** Calls back with the nodes that changed until the returned function ends the watch. */
export function watch(
  ids: readonly string[],
  onChanged: (ids: readonly string[]) => void,
): () => void {
  client ??= connect();
  const [on, me] = [client, Symbol()];
  let [wanted, tries] = [true, 0];
  let leave = () => {};
  const begin = () => {
    leave = on.subscribe<ChangedSubscription>(
      { query: ChangedDocument.toString(), variables: { watch: ids } },
      {
        next: ({ data }) => {
          tries = 0;
          unheard.delete(me);
          become('live');
          if (data != null) onChanged(data.changed);
        },
        // What the server ended on an open connection, or refused for now, is asked for again.
        // Failures of the connection are retried above.
        error: () => void again(),
        complete: () => void again(),
      },
    );
  };
  const isWanted = () => wanted && client === on;
  const again = async () => {
    if (!isWanted()) return;
    unheard.add(me);
    tell();
    await pause(tries);
    tries += 1;
    if (isWanted()) begin();
  };
  begin();
  return () => {
    wanted = false;
    if (unheard.delete(me)) tell();
    leave();
  };
}

/** Closes the connection at sign-out, so that the next person starts with her own. */
export function stopListening(): void {
  void client?.dispose();
  client = null;
  unheard.clear();
  become('connecting');
}
