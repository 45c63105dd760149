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
    this.#client = connect(token);
    this.#subscribe(this.#client);
  }

  #subscribe(client: Client, before = 0): void {
    let ended = before;
    const again = async () => {
      await pause(ended);
      if (this.#client === client) this.#subscribe(client, ended + 1);
    };
    client.subscribe(
      { query: 'subscription { syncPoke }' },
      {
        next: () => {
          ended = 0;
          this.#poke();
        },
        // What the server ended on an open connection, or refused for now, is asked for again.
        // Failures of the connection are retried below; what remains is that there are no pokes.
        complete: () => void again(),
        error: cause => {
          if (Array.isArray(cause)) void again();
        },
      },
    );
  }

  hush(): void {
    void this.#client?.dispose();
    this.#client = undefined;
    this.#token = undefined;
  }
}

function connect(token: string): Client {
  return createClient({
    url: `${self.location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { token },
    retryAttempts: Number.POSITIVE_INFINITY,
    // A refused token ends it: the core sends "listen" again once it holds a better one.
    shouldRetry: closed => !(closed instanceof CloseEvent && [4401, 4403].includes(closed.code)),
    retryWait: pause,
  });
}

async function pause(retries: number): Promise<void> {
  const most = Math.min(1_000 * 2 ** retries, LONGEST_PAUSE);
  await new Promise(done => setTimeout(done, most * (0.5 + Math.random() / 2)));
}
