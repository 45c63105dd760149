import init, { Core } from '/wasm/mobile_shared.js';

const core = init({ module_or_path: fetch('/wasm/mobile_shared_bg.wasm') }).then(() =>
  Core.open('Smoke test', ''),
);

const seed = () => crypto.getRandomValues(new Uint8Array(16));
/** The one key of this test; a page of the app would keep it wrapped. */
const KEY = new Uint8Array(32).fill(7);

function unlock(opened) {
  const { lock } = JSON.parse(opened.read('{"screen":"session"}', Date.now()));
  return lock === undefined ? [] : JSON.parse(opened.unlock(lock.account, KEY, Date.now(), seed()));
}

onmessage = async ({ data: { events = [], screen } }) => {
  try {
    const opened = await core;
    const effects = unlock(opened);
    for (const event of events) {
      effects.push(...JSON.parse(opened.handle(JSON.stringify(event), Date.now(), seed())));
      effects.push(...unlock(opened));
    }
    postMessage({ effects, shown: JSON.parse(opened.read(JSON.stringify({ screen }), Date.now())) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
