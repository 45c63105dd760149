// Stands around the core in the leading tab's worker: hands it events with the time and fresh
// randomness, and carries out the effects it asks for. It decides nothing; what to send, when to
// wake and what to keep is the core's business. What a person does with their account, and not with
// a record, is asked of the server past the core, with the token that the core holds.

import type { CoreEvent, Effect, Id, Session } from './face.ts';
import type { Guard, Keyring } from './keyring.ts';
import { Listening } from './listening.ts';
import { ask, send, type Came } from './sending.ts';
import {
  SHORTEST_PIN,
  type Call,
  type Held,
  type Outcome,
  type Tried,
  type Wish,
} from './words.ts';

/** The generated wasm class, as far as this file needs it. */
export type Core = {
  handle(event: string, now: number, seed: Uint8Array): string;
  read(screen: string, now: number): string;
  unencrypted(): string;
  encrypt(account: string, key: Uint8Array): void;
  changeKey(key: Uint8Array): void;
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

/** How often it is looked whether anybody is there. */
const LOOK_EVERY = 10_000;

const refusal = (code: string): Outcome => ({ ok: false, refused: { code } });

/** As the core says it. */
const WRONG_KEY = 'this key does not open';

const seed = () => crypto.getRandomValues(new Uint8Array(16));

function isOfSession(effect: Effect): boolean {
  return effect.type === 'changed' && effect.what.includes('session');
}

/** What the server said; null when it was not reached. */
type Reply = Came | null;

/** The token is not taken; a wrong password is another matter. */
function isStale(reply: Reply): boolean {
  if (reply?.status !== 401 || typeof reply.body !== 'string') return false;
  return /"(UNAUTHENTICATED|SIGN_IN_AGAIN)"/.test(reply.body);
}

function outcome(reply: Reply): Outcome {
  if (reply === null) return { ok: false, refused: { code: 'OFFLINE' } };
  const { status, body } = reply;
  if (typeof body !== 'string') return { ok: true, value: { status, body } };
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
  /** The copy that does not open by itself: whose it is, and whether a PIN opens it. */
  #shut: (Guard & { account: Id }) | undefined;
  /** How the open copy is guarded. */
  #guard: (Guard & { account: Id }) | undefined;
  /** The key of an open copy that takes a PIN: for the tab that leads next. */
  #held: Pick<Held, 'account' | 'key' | 'bare'> | undefined;
  #touched = Date.now();
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(core: Core, keys: Keyring, heard: Heard) {
    this.#core = core;
    this.#keys = keys;
    this.#heard = heard;
  }

  /** Opens the copy that was open last; what is asked of the core waits for it. */
  async begin(held?: Held): Promise<void> {
    if (held !== undefined) {
      this.#held = held;
      this.#touched = held.touched;
    }
    this.#watch = setInterval(() => this.lockIfIdle(), LOOK_EVERY);
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
    if (effects.some(isOfSession)) {
      const { account } = this.#session();
      if (account === undefined) this.#asked.clear();
      const kept = this.#guard?.account ?? this.#held?.account;
      if (account?.id !== kept && kept !== undefined) this.#letGo();
      void this.#inTurn(() => this.#unlock());
    }
    const refused = effects.find(effect => effect.type === 'refused');
    return refused
      ? { ok: false, refused: { code: refused.code, field: refused.field } }
      : { ok: true };
  }

  read(screen: string): Outcome {
    try {
      const value = JSON.parse(this.#core.read(screen, Date.now())) as Partial<Session> | null;
      this.#saySoOf(value);
      return { ok: true, value };
    } catch (cause) {
      this.#heard.broke(cause);
      return { ok: false, refused: { code: 'INTERNAL' } };
    }
  }

  /** Asks the server in the name of whoever is signed in: once, however often the page repeats it. */
  ask({ id, path, body }: Extract<Call, { kind: 'ask' }>): Promise<Outcome> {
    return this.#once(id, () => this.#askInTheirName(path, body));
  }

  #once(id: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const known = this.#asked.get(id);
    if (known !== undefined) return known;
    const answer = work();
    this.#asked.set(id, answer);
    setTimeout(() => this.#asked.delete(id), REMEMBERED);
    return answer;
  }

  #session(): Session {
    return JSON.parse(this.#core.read('{"screen":"session"}', Date.now())) as Session;
  }

  /** What only this knows of a copy: whether it waits for a PIN, and how it is guarded. */
  #saySoOf(shown: Partial<Session> | null): void {
    const { lock, account } = shown ?? {};
    if (lock !== undefined && lock.account === this.#shut?.account) {
      lock.waits = this.#shut.pin ? 'pin' : 'lost';
      lock.until = this.#shut.until;
    }
    if (account !== undefined && account.id === this.#guard?.account)
      account.guard = { pin: this.#guard.pin, idle: this.#guard.idle };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    const done = this.#withKeys.then(work).catch((cause: unknown): undefined => {
      this.#heard.broke(cause);
    });
    this.#withKeys = done.then(() => undefined);
    return done;
  }

  /** Hands the core the key that it waits for, unless that takes a PIN, or is gone. */
  async #unlock(): Promise<void> {
    const { lock } = this.#closed.signal.aborted ? {} : this.#session();
    if (lock === undefined) {
      this.#shut = undefined;
      return;
    }
    const guard = await this.#keys.guard(lock.account, lock.key);
    const bare = this.#heldFor(lock) ?? (await this.#keys.take(lock));
    if (this.#closed.signal.aborted) return;
    if (bare !== undefined && this.#openWith(lock.account, bare))
      return this.#isOpen(lock.account, lock.key, bare);
    this.#shut = { ...guard, account: lock.account };
    this.#heard.changed(['session']);
  }

  #heldFor({ account, key }: NonNullable<Session['lock']>): Held['bare'] | undefined {
    const held = this.#held;
    return held?.account === account && held.key === key ? held.bare : undefined;
  }

  async #isOpen(account: Id, key: number, bare: Held['bare']): Promise<void> {
    this.#shut = undefined;
    await this.#keys.settle(account, key);
    this.#guard = { ...(await this.#keys.guard(account, key)), account };
    if (this.#guard.pin) this.#held = { account, key, bare };
    else bare.fill(0);
    // They may have left meanwhile.
    if (this.#session().account?.id !== account) this.#letGo();
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

  #letGo(): void {
    this.#held?.bare.fill(0);
    this.#held = undefined;
    this.#guard = undefined;
  }

  /** What a person wants of the lock: once, however often the page repeats it. */
  guard({ id, wish }: Extract<Call, { kind: 'guard' }>): Promise<Outcome> {
    const refused: Outcome = { ok: false, refused: { code: 'INTERNAL' } };
    return this.#once(id, () =>
      this.#inTurn(() => this.#grant(wish)).then(came => came ?? refused),
    );
  }

  async #grant(wish: Wish): Promise<Outcome> {
    switch (wish.of) {
      case 'open':
        return { ok: true, value: await this.#openWithPin(wish.pin) };
      case 'pin':
        return this.#changePin(wish.pin, wish.next);
      case 'idle':
        return this.#idleAfter(wish.minutes);
      case 'leave':
        return this.#leave();
    }
  }

  async #openWithPin(pin: string): Promise<Tried> {
    const { lock } = this.#session();
    if (lock === undefined) return { taken: true, until: 0 };
    const { account, key } = lock;
    const bare = await this.#keys.tryPin(account, key, pin);
    const taken =
      bare !== undefined && !this.#closed.signal.aborted && this.#openWith(account, bare);
    if (taken) {
      this.#touched = Date.now();
      await this.#isOpen(account, key, bare);
      return { taken, until: 0 };
    }
    this.#shut = { ...(await this.#keys.guard(account, key)), account };
    this.#heard.changed(['session']);
    return { taken, until: this.#shut.until };
  }

  /** Another PIN, or none, means another key: what the one before had wrapped opens nothing then. */
  async #changePin(pin: string, next: string | undefined): Promise<Outcome> {
    const { account } = this.#session();
    if (account === undefined || account.key === 0) return refusal('LOCKED');
    if (next !== undefined && next.length < SHORTEST_PIN) return refusal('INVALID');
    const { pin: guarded } = await this.#keys.guard(account.id, account.key);
    if (guarded) {
      const bare = await this.#keys.tryPin(account.id, account.key, pin);
      bare?.fill(0);
      const { until } = await this.#keys.guard(account.id, account.key);
      if (bare === undefined) return { ok: true, value: { taken: false, until } };
    }
    const key = account.key + 1;
    const bare = await this.#keys.makeNext(account.id, key, next);
    // Nobody else's copy is written under it: they may have left while it was made.
    const now = this.#closed.signal.aborted ? undefined : this.#session().account;
    if (now?.id !== account.id || now.key !== account.key) return refusal('LOCKED');
    try {
      this.#core.changeKey(bare);
    } catch {
      if (this.#session().account?.key !== key) return refusal('STORAGE');
    }
    this.#letGo();
    await this.#isOpen(account.id, key, bare);
    return { ok: true, value: { taken: true, until: 0 } };
  }

  async #idleAfter(minutes: number): Promise<Outcome> {
    const { account } = this.#session();
    if (account === undefined) return refusal('LOCKED');
    await this.#keys.idleAfter(account.id, minutes);
    if (this.#guard !== undefined) this.#guard.idle = minutes;
    this.#heard.changed(['session']);
    return { ok: true };
  }

  /** At once: where a PIN opens it again the copy is locked; otherwise its owner signs out, and it
      goes with its key unless something in it is not sent. */
  async #leave(): Promise<Outcome> {
    const { account, unsent } = this.#session();
    if (account === undefined) return { ok: true };
    if ((await this.#keys.guard(account.id, account.key)).pin) return this.take({ type: 'lock' });
    return this.take({ type: 'signOut', unsent: unsent > 0 ? 'keep' : 'send' });
  }

  /** Somebody is there. */
  touch(): void {
    this.lockIfIdle();
    this.#touched = Date.now();
  }

  /** Locks what nobody touched for long. Asked before each answer too: timers sleep with the phone. */
  lockIfIdle(): void {
    const away = Date.now() - this.#touched;
    // Somebody set the clock back: counted from now.
    if (away < 0) this.#touched = Date.now();
    if (this.#guard?.pin === true && away >= this.#guard.idle * 60_000) this.take({ type: 'lock' });
  }

  /** What the next tab that leads needs, so that its owner is not asked again. */
  handOver(): Held | undefined {
    return this.#held && { ...this.#held, touched: this.#touched };
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
    return ask({ method: 'POST', path, headers, body: JSON.stringify(body) }, this.#closed);
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
    clearInterval(this.#watch);
    this.#letGo();
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
        void this.#inTurn(() => this.#keys.forget(effect.account));
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
