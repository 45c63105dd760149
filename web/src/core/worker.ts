// The dedicated worker of each tab. The one that holds the Web Lock leads: it alone has the core
// and its database open. The others forward their page's calls to it and pass its answers back,
// and wait in line for the lock. Pages repeat what is unanswered, so nothing is queued here.

import { Host } from './host.ts';
import { open, openKeys, Unopened } from './opening.ts';
import {
  type Between,
  type Call,
  CHANNEL,
  type Held,
  LOCK,
  type Outcome,
  type Standing,
  type ToPage,
  type ToWorker,
  type Trouble,
} from './words.ts';

const tab = crypto.randomUUID();
const channel = new BroadcastChannel(CHANNEL);
const others = (word: Between) => channel.postMessage(word);
const page = (word: ToPage) => self.postMessage(word);
const stand = (standing: Standing) => page({ say: 'standing', standing });

let host: Host | undefined;
/** From the tab that led before, until one leads. */
let inherited: Held | undefined;
let shown = true;
let online = true;
let stepDown = () => {};

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.say) {
    case 'start':
      void wait(data.device, data.build);
      break;
    case 'call':
      if (host)
        answer(host, data.call, outcome => page({ say: 'answer', id: data.call.id, outcome }));
      else others({ say: 'call', from: tab, call: data.call });
      break;
    case 'shown':
      shown = data.shown;
      others({ say: shown ? 'wants' : 'hiding' });
      break;
    case 'touched':
      if (host) host.touch();
      else others({ say: 'touched' });
      break;
    case 'network':
      online = data.online;
      host?.take({ type: online ? 'online' : 'offline' });
      break;
    case 'retire':
      retire();
      break;
  }
};

channel.onmessage = ({ data }: MessageEvent<Between>) => {
  switch (data.say) {
    case 'call':
      if (host)
        answer(host, data.call, outcome =>
          others({ say: 'answer', to: data.from, id: data.call.id, outcome }),
        );
      break;
    case 'answer':
      if (data.to === tab) page({ say: 'answer', id: data.id, outcome: data.outcome });
      break;
    case 'changed':
      page({ say: 'changed', what: data.what });
      break;
    case 'touched':
      host?.touch();
      break;
    case 'key':
      if (!host) inherited = data.held;
      break;
    case 'leads':
      inherited?.bare.fill(0);
      inherited = undefined;
      stand({ at: 'following' });
      page({ say: 'repeat' });
      break;
    // A hidden tab may be frozen at any moment, so a tab that is looked at takes over.
    case 'wants':
      if (host && !shown) retire();
      break;
    case 'hiding':
      if (!host && shown) others({ say: 'wants' });
      break;
  }
};

async function wait(device: string, build: string): Promise<void> {
  try {
    await navigator.locks.request(LOCK, () => lead(device, build));
  } catch (cause) {
    stand({ at: 'trouble', trouble: troubleOf(cause), detail: String(cause) });
  }
}

// Where site data is blocked, a browser denies the lock before storage is even asked for.
function troubleOf(cause: unknown): Trouble {
  if (cause instanceof Unopened) return cause.trouble;
  return cause instanceof DOMException && cause.name === 'SecurityError' ? 'storage' : 'broken';
}

/** Leads until told to step down; the lock is held as long. */
async function lead(device: string, build: string): Promise<void> {
  const keys = await openKeys();
  const core = await open(device, build);
  const changed = (what: string[]) => {
    page({ say: 'changed', what });
    others({ say: 'changed', what });
  };
  let next: Host | undefined;
  await new Promise<void>((done, fail) => {
    stepDown = done;
    next = new Host(core, keys, { changed, broke: fail });
    const held = inherited;
    inherited = undefined;
    next.begin(held).then(() => next && answerWith(next), fail);
  }).finally(() => {
    next?.close();
    host = next = undefined;
    core.free();
  });
}

/** From now on this tab answers, to its own page and to the others. */
function answerWith(next: Host): void {
  host = next;
  host.take({ type: online ? 'online' : 'offline' });
  stand({ at: 'leading' });
  page({ say: 'repeat' });
  others({ say: 'leads' });
}

function answer(host: Host, call: Call, give: (outcome: Outcome) => void): void {
  host.lockIfIdle();
  if (call.kind === 'ask') void host.ask(call).then(give);
  else if (call.kind === 'guard') void host.guard(call).then(give);
  else give(call.kind === 'take' ? host.take(call.event) : host.read(call.screen));
}

// The page starts a fresh worker, or reloads: a worker's death surely closes its files.
function retire(): void {
  const held = host?.handOver();
  if (held !== undefined) others({ say: 'key', held });
  stepDown();
  setTimeout(() => {
    page({ say: 'retired' });
    self.close();
  });
}
