// Keeps one GraphQL subscription open while the core wants to be poked. A poke is only a hint:
// the server gives one after each connection too, since what was missed meanwhile is unknown.

import { type Client, createClient } from 'graphql-ws';

const LONGEST_PAUSE = 60_000;

export class Listening {
  #poke: () => void;
  #token: string | undefined;
  #client: Client | undefined;

  constructor(poke: () => void) {
    this.#poke = poke;
  }

  listen(token: string): void {
    if (token === this.#token) return;
    this.hush();
    this.#token = token;
    this.#client = connect(token, this.#poke);
  }

  hush(): void {
    void this.#client?.dispose();
    this.#client = undefined;
    this.#token = undefined;
  }
}

function connect(token: string, poke: () => void): Client {
  const client = createClient({
    url: `${self.location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { token },
    retryAttempts: Number.POSITIVE_INFINITY,
    // A refused token ends it: the core sends "listen" again once it holds a better one.
    shouldRetry: closed => !(closed instanceof CloseEvent && [4401, 4403].includes(closed.code)),
    retryWait: pause,
  });
  client.subscribe(
    { query: 'subscription { syncPoke }' },
    // Failures are already retried above; what remains is that there are no pokes.
    { next: poke, error: () => {}, complete: () => {} },
  );
  return client;
}

async function pause(retries: number): Promise<void> {
  const most = Math.min(1_000 * 2 ** retries, LONGEST_PAUSE);
  await new Promise(done => setTimeout(done, most * (0.5 + Math.random() / 2)));
}
