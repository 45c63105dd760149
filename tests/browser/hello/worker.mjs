import init, { Store } from '/wasm/mobile_shared.js';

const store = init({ module_or_path: fetch('/wasm/mobile_shared_bg.wasm') }).then(() =>
  Store.open('hello.db'),
);

onmessage = async ({ data }) => {
  try {
    const db = await store;
    for (const text of data.add ?? []) db.add(text);
    postMessage({ rows: db.count() });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
