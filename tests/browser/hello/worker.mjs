import init, { Core } from '/wasm/mobile_shared.js';

const core = init({ module_or_path: fetch('/wasm/mobile_shared_bg.wasm') }).then(() =>
  Core.open('Smoke test', ''),
);

onmessage = async ({ data: { events = [], screen } }) => {
  try {
    const opened = await core;
    const effects = events.flatMap((event) => {
      const seed = crypto.getRandomValues(new Uint8Array(16));
      return JSON.parse(opened.handle(JSON.stringify(event), Date.now(), seed));
    });
    postMessage({ effects, shown: JSON.parse(opened.read(JSON.stringify({ screen }))) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
