// The phone core in a browser, as it is built, or the same with one word changed: what hands SQLite
// the key then says something that does nothing, and pages are written as they are.

import init, { Core } from '/wasm/mobile_shared.js';

const HANDS_IN = 'PRAGMA key = "';
const DOES_NOTHING = 'SELECT 0 AS  "';

async function program() {
  const bytes = new Uint8Array(await (await fetch('/wasm/mobile_shared_bg.wasm')).arrayBuffer());
  if (location.search === '?encrypted') return bytes;
  const letters = (text) => new TextEncoder().encode(text);
  const begins = (at) => letters(HANDS_IN).every((letter, n) => bytes[at + n] === letter);
  const places = [...bytes.keys()].filter((at) => bytes[at] === 80 && begins(at));
  if (places.length !== 1) throw new Error(`the word stands in ${places.length} places`);
  bytes.set(letters(DOES_NOTHING), places[0]);
  return bytes;
}

const core = program()
  .then((bytes) => init({ module_or_path: bytes }))
  .then(() => Core.open('Bench', ''));
const seed = () => crypto.getRandomValues(new Uint8Array(16));
const KEY = new Uint8Array(32).fill(7);

function timed(work) {
  const began = performance.now();
  const came = JSON.parse(work());
  return [came, performance.now() - began];
}

onmessage = async ({ data: { events = [], screen = { screen: 'session' } } }) => {
  try {
    const opened = await core;
    const unlock = () => {
      const { lock } = JSON.parse(opened.read('{"screen":"session"}', Date.now()));
      if (lock === undefined) return [[], 0];
      return timed(() => opened.unlock(lock.account, KEY, Date.now(), seed()));
    };
    let [effects, unlocked] = unlock();
    const took = [];
    for (const event of events) {
      const [came, ms] = timed(() => opened.handle(JSON.stringify(event), Date.now(), seed()));
      const [also] = unlock();
      effects = [...effects, ...came, ...also];
      took.push(ms);
    }
    const [shown, read] = timed(() => opened.read(JSON.stringify(screen), Date.now()));
    postMessage({ effects, took, unlocked, shown, read });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
