// The page's side of the core: asks it, repeats until it answers, and tells the page's
// components when something changed. One per page; it outlives the workers it starts.

import type { Ask, CoreEvent, Id, Intent, Refusal, ScreenName, Screens, Withheld } from './face.ts';
import { uuid7 } from './uuid7.ts';
import type { Call, Outcome, Standing, ToPage, ToWorker, Tried, Trouble, Wish } from './words.ts';

/** The core took nothing: the words or numbers given cannot be kept as they are. */
export class Refused extends Error {
  readonly code: string;
  readonly field: string | undefined;

  constructor({ code, field }: Pick<Refusal, 'code' | 'field'>) {
    super(code);
    this.code = code;
    this.field = field;
  }
}

type Asked = { call: Call; answer(outcome: Outcome): void };

const REPEAT_AFTER = 2_000;

/** A touch is told this often at most. */
const TOUCHED_AFTER = 2_000;

export class CoreClient extends EventTarget {
  standing: Standing = { at: 'starting' };
  #start: () => Worker;
  #device: string;
  #build: string;
  #worker: Worker | undefined;
  #asked = new Map<string, Asked>();
  #retiring: (() => void) | undefined;

  constructor(start: () => Worker, device: string, build: string) {
    super();
    this.#start = start;
    this.#device = device;
    this.#build = build;
  }

  open(): void {
    const trouble = lacking();
    if (trouble !== undefined) {
      this.#stand({ at: 'trouble', trouble, detail: '' });
      return;
    }
    this.#hire();
    setInterval(() => this.#repeat(), REPEAT_AFTER);
    for (const type of ['online', 'offline'])
      addEventListener(type, () => this.#say({ say: 'network', online: navigator.onLine }));
    document.addEventListener('visibilitychange', () => {
      const shown = document.visibilityState === 'visible';
      this.#say({ say: 'shown', shown });
      if (shown) void this.take({ type: 'hello' });
    });
    let told = 0;
    const touched = () => {
      if (Math.abs(Date.now() - told) < TOUCHED_AFTER) return;
      told = Date.now();
      this.#say({ say: 'touched' });
    };
    for (const type of ['pointerdown', 'keydown', 'wheel'])
      addEventListener(type, touched, { capture: true, passive: true });
    void this.take({ type: 'hello' });
  }

  /** Tries a PIN, or puts another in its place. */
  async tries(wish: Extract<Wish, { pin: string }>): Promise<Tried> {
    return (await this.#ask({ id: uuid7(), kind: 'guard', wish })) as Tried;
  }

  /** Sets the lock, or locks at once. */
  async guard(wish: Exclude<Wish, { pin: string }>): Promise<void> {
    await this.#ask({ id: uuid7(), kind: 'guard', wish });
  }

  /** Gives the core an event; resolves once it is kept, rejects with `Refused` if it is not. */
  async take(event: CoreEvent): Promise<void> {
    const id = event.type === 'do' ? event.id : uuid7();
    await this.#ask({ id, kind: 'take', event });
  }

  /** Does one thing for one agency's record and resolves once it is kept on this phone. */
  async do(agency: Id, intent: Intent, id: Id = uuid7()): Promise<void> {
    await this.take({ type: 'do', id, agency, intent });
  }

  /** Does it in place of what the server refused. */
  async doInstead(replaces: Id, agency: Id, intent: Intent, id: Id = uuid7()): Promise<void> {
    await this.take({ type: 'do', id, agency, intent, replaces });
  }

  /** Rejects with `CONTACT_NEEDED` while the copy may not be read. */
  async read<N extends ScreenName>(ask: Ask<N>): Promise<Screens[N]['shows']> {
    const call: Call = { id: uuid7(), kind: 'read', screen: JSON.stringify(ask) };
    const shown = (await this.#ask(call)) as Screens[N]['shows'] | Withheld;
    if (isWithheld(shown)) throw new Refused({ code: 'CONTACT_NEEDED' });
    return shown;
  }

  /** Asks the server in the name of whoever is signed in; without contact it is refused: `OFFLINE`.
      A file comes as a `Blob`, anything else as JSON. */
  async ask(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const call: Call = { id: uuid7(), kind: 'ask', path, body };
    return (await this.#ask(call)) as { status: number; body: unknown };
  }

  /** Closes the database in this tab, before the page is replaced by a newer version. */
  async retire(): Promise<void> {
    if (!this.#worker) return;
    await new Promise<void>(done => {
      this.#retiring = done;
      this.#say({ say: 'retire' });
    });
  }

  #ask(call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answer = (outcome: Outcome) =>
        outcome.ok ? resolve(outcome.value) : reject(new Refused(outcome.refused));
      this.#asked.set(call.id, { call, answer });
      this.#say({ say: 'call', call });
    });
  }

  #repeat(): void {
    for (const { call } of this.#asked.values()) this.#say({ say: 'call', call });
  }

  #say(word: ToWorker): void {
    this.#worker?.postMessage(word);
  }

  #hire(): void {
    const worker = this.#start();
    worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.#heard(data);
    worker.onerror = ({ message }) =>
      this.#stand({ at: 'trouble', trouble: 'missing', detail: message });
    this.#worker = worker;
    this.#say({ say: 'start', device: this.#device, build: this.#build });
    this.#say({ say: 'network', online: navigator.onLine });
    this.#say({ say: 'shown', shown: document.visibilityState === 'visible' });
  }

  #heard(word: ToPage): void {
    switch (word.say) {
      case 'standing':
        this.#stand(word.standing);
        break;
      case 'answer': {
        const asked = this.#asked.get(word.id);
        this.#asked.delete(word.id);
        asked?.answer(word.outcome);
        break;
      }
      case 'changed':
        this.dispatchEvent(new Event('changed'));
        break;
      case 'repeat':
        this.#repeat();
        break;
      case 'retired':
        this.#worker = undefined;
        if (this.#retiring) this.#retiring();
        else this.#hire();
        break;
    }
  }

  #stand(standing: Standing): void {
    this.standing = standing;
    this.dispatchEvent(new Event('standing'));
  }
}

function isWithheld(shown: object | null): shown is Withheld {
  return shown !== null && 'locked' in shown;
}

// Older browsers, private windows and plain http lack one or the other.
function lacking(): Trouble | undefined {
  if (!self.isSecureContext) return 'insecure';
  const { locks, storage } = navigator as Partial<Navigator>;
  return locks && storage && 'getDirectory' in storage ? undefined : 'storage';
}
