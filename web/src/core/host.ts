// Stands around the core in the leading tab's worker: hands it events with the time and fresh
// randomness, and carries out the effects it asks for. It decides nothing; what to send, when to
// wake and what to keep is the core's business. What a person does with their account, and not with
// a record, is asked of the server past the core, with the token that the core holds.

import type { CoreEvent, Effect, Id, Session } from './face.ts';
import type { Keyring } from './keyring.ts';
import { Listening } from './listening.ts';
import { send } from './sending.ts';
import type { Call, Outcome } from './words.ts';

/** The generated wasm class, as far as this file needs it. */
export type Core = {
  handle(event: string, now: number, seed: Uint8Array): string;
  read(screen: string): string;
  unencrypted(): string;
  encrypt(account: string, key: Uint8Array): void;
  unlock(account: string, key: Uint8Array, now: number, seed: Uint8Array): string;
  /** Closes the database. */
  free(): void;
};

export type Heard = {
  changed(what: string[]): void;
  /** The core stopped answering: nothing more can be promised in this worker. */
  broke(cause: unknown): void;
};

const LONGEST_TIMER = 2 ** 31 - 1;

/** For so long a page may repeat what it asked and gets the same answer. */
const REMEMBERED = 60_000;

/** How long a new token may take. */
const TOKEN_PATIENCE = 15_000;

/** As the core says it. */
const WRONG_KEY = 'this key does not open';

const seed = () => crypto.getRandomValues(new Uint8Array(16));

function isOfSession(effect: Effect): boolean {
  return effect.type === 'changed' && effect.what.includes('session');
}

/** What the server said; null when it was not reached. */
type Reply = { status: number; body: string } | null;

/** The token is not taken; a wrong password is another matter. */
function isStale(reply: Reply): boolean {
  return reply?.status === 401 && /"(UNAUTHENTICATED|SIGN_IN_AGAIN)"/.test(reply.body);
}

function outcome(reply: Reply): Outcome {
  if (reply === null) return { ok: false, refused: { code: 'OFFLINE' } };
  const { status, body } = reply;
  return {
    ok: true,
    value: { status, body: body.startsWith('{') ? (JSON.parse(body) as unknown) : null },
  };
}

export class Host {
  #core: Core;
  #heard: Heard;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listening = new Listening(() => this.take({ type: 'poke' }));
  #closed = new AbortController();
  #token: string | undefined;
  #waiting = new Set<() => void>();
  #asked = new Map<string, Promise<Outcome>>();
  #keys: Keyring;
  /** What is done with keys, one thing after the other. */
  #withKeys: Promise<void> = Promise.resolve();
  /** Whose key is gone. */
  #lost: Id | undefined;

  constructor(core: Core, keys: Keyring, heard: Heard) {
    this.#core = core;
    this.#keys = keys;
    this.#heard = heard;
  }

  /** Opens the copy that was open last; what is asked of the core waits for it. */
  async begin(): Promise<void> {
    const { others, lock } = this.#session();
    const known = others.map(({ account }) => account);
    await this.#keys.keepOnly(lock === undefined ? known : [...known, lock.account]);
    for (const account of JSON.parse(this.#core.unencrypted()) as Id[]) {
      const key = await this.#keys.take({ account, key: 1, made: false });
      if (key === undefined || this.#closed.signal.aborted) return;
      this.#core.encrypt(account, key);
      key.fill(0);
    }
    await this.#unlock();
  }

  /** Hands one event to the core. What it keeps is on disk before this returns. */
  take(event: CoreEvent): Outcome {
    let effects: Effect[];
    try {
      effects = JSON.parse(
        this.#core.handle(JSON.stringify(event), Date.now(), seed()),
      ) as Effect[];
    } catch (cause) {
      this.#heard.broke(cause);
      return { ok: false, refused: { code: 'INTERNAL' } };
    }
    for (const effect of effects) this.#carryOut(effect);
    if (effects.some(isOfSession)) this.#inTurn(() => this.#unlock());
    const refused = effects.find(effect => effect.type === 'refused');
    return refused
      ? { ok: false, refused: { code: refused.code, field: refused.field } }
      : { ok: true };
  }

  read(screen: string): Outcome {
    try {
      const value = JSON.parse(this.#core.read(screen)) as Partial<Session> | null;
      if (value?.lock !== undefined) value.lock.lost = value.lock.account === this.#lost;
      return { ok: true, value };
    } catch (cause) {
      this.#heard.broke(cause);
      return { ok: false, refused: { code: 'INTERNAL' } };
    }
  }

  /** Asks the server in the name of whoever is signed in: once, however often the page repeats it. */
  ask({ id, path, body }: Extract<Call, { kind: 'ask' }>): Promise<Outcome> {
    const known = this.#asked.get(id);
    if (known !== undefined) return known;
    const answer = this.#askInTheirName(path, body);
    this.#asked.set(id, answer);
    setTimeout(() => this.#asked.delete(id), REMEMBERED);
    return answer;
  }

  #session(): Session {
    return JSON.parse(this.#core.read('{"screen":"session"}')) as Session;
  }

  #inTurn(work: () => Promise<void>): void {
    this.#withKeys = this.#withKeys.then(work).catch((cause: unknown) => this.#heard.broke(cause));
  }

  /** Hands the core the key that it waits for. */
  async #unlock(): Promise<void> {
    const { lock } = this.#closed.signal.aborted ? {} : this.#session();
    if (lock === undefined) {
      this.#lost = undefined;
      return;
    }
    const key = await this.#keys.take(lock);
    if (this.#closed.signal.aborted) return;
    const opened = key !== undefined && this.#openWith(lock.account, key);
    key?.fill(0);
    const lost = opened ? undefined : lock.account;
    if (lost === this.#lost) return;
    this.#lost = lost;
    this.#heard.changed(['session']);
  }

  #openWith(account: Id, key: Uint8Array): boolean {
    let effects: Effect[];
    try {
      effects = JSON.parse(this.#core.unlock(account, key, Date.now(), seed())) as Effect[];
    } catch (cause) {
      if (String(cause).includes(WRONG_KEY)) return false;
      throw cause;
    }
    for (const effect of effects) this.#carryOut(effect);
    return true;
  }

  async #askInTheirName(path: string, body: unknown): Promise<Outcome> {
    const token = this.#token;
    const reply = await this.#askAs(token, path, body);
    if (!isStale(reply)) return outcome(reply);
    // The token ended while this phone slept: the core gets the next one.
    if (this.#token === token) await this.#nextToken();
    return outcome(await this.#askAs(this.#token, path, body));
  }

  async #askAs(token: string | undefined, path: string, body: unknown): Promise<Reply> {
    if (token === undefined) return null;
    const headers = {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
    };
    const asked = { type: 'send', request: '', method: 'POST', path, headers } as const;
    const reply = await send({ ...asked, body: JSON.stringify(body) }, this.#closed);
    return reply.type === 'reply' ? reply : null;
  }

  /** Until the core names another token or lets go of this one; not for ever. */
  #nextToken(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.add(resolve);
      setTimeout(resolve, TOKEN_PATIENCE);
      this.take({ type: 'hello' });
    });
  }

  #tokenIs(token: string | undefined): void {
    this.#token = token;
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listening.hush();
    this.#closed.abort();
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        void this.#send(effect);
        break;
      case 'wakeAt':
        this.#wakeAt(effect.at);
        break;
      case 'changed':
        this.#heard.changed(effect.what);
        break;
      case 'listen':
        this.#tokenIs(effect.token);
        this.#listening.listen(effect.token);
        break;
      case 'hush':
        this.#tokenIs(undefined);
        this.#listening.hush();
        break;
      case 'forget':
        this.#inTurn(() => this.#keys.forget(effect.account));
        break;
      case 'refused':
        break;
    }
  }

  async #send(request: Extract<Effect, { type: 'send' }>): Promise<void> {
    const outcome = await send(request, this.#closed);
    if (!this.#closed.signal.aborted) this.take(outcome);
  }

  // The core names one moment at a time; the latest word stands.
  #wakeAt(at: number): void {
    clearTimeout(this.#timer);
    const wait = Math.min(Math.max(at - Date.now(), 0), LONGEST_TIMER);
    this.#timer = setTimeout(() => this.take({ type: 'woke' }), wait);
  }
}
