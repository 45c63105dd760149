// Opens the wasm core in this worker, or names why it cannot be opened.
import type { Core } from './host.ts';
import { Keyring } from './keyring.ts';
import type { Trouble } from './words.ts';

/** The generated module, as far as it is used here. */
interface Wasm {
  default: (from: { module_or_path: string }) => Promise<unknown>;
  Core: { open: (device: string, build: string) => Promise<Core> };
}

// Globs rather than imports, so that a checkout without the wasm build still compiles.
const scripts = import.meta.glob<Wasm>('./wasm/mobile_shared.js');
const modules = import.meta.glob<string>('./wasm/mobile_shared_bg.wasm', {
  query: '?url',
  import: 'default',
  eager: true,
});

export class Unopened extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.trouble = trouble;
  }
}

export async function open(device: string, build: string): Promise<Core> {
  await storageIsThere();
  const wasm = await load();
  try {
    return await wasm.Core.open(device, build);
  } catch (cause) {
    throw new Unopened('broken', cause);
  }
}

/** Where the keys are kept. A browser that refuses it refuses storage. */
export async function openKeys(): Promise<Keyring> {
  try {
    return await Keyring.open();
  } catch (cause) {
    throw new Unopened('storage', cause);
  }
}

// A private window may offer the folder and refuse to open a file in it, so a file is opened.
async function storageIsThere(): Promise<void> {
  const probe = `probe-${crypto.randomUUID()}`;
  try {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle(probe, { create: true });
    const access = await file.createSyncAccessHandle();
    access.close();
    await root.removeEntry(probe);
  } catch (cause) {
    throw new Unopened('storage', cause);
  }
}

async function load(): Promise<Wasm> {
  try {
    const [script] = Object.values(scripts);
    const [module] = Object.values(modules);
    if (script === undefined || module === undefined) throw new Error('built without a phone core');
    const wasm = await script();
    await wasm.default({ module_or_path: module });
    return wasm;
  } catch (cause) {
    throw new Unopened('missing', cause);
  }
}
