/// <reference lib="webworker" />
// Opens the phone page without a network: keeps the files of one build, whole, and answers from
// them. Data never passes through here; it lives in the core. A newer build waits until the page
// says `update`, which it does after its core has closed its database.
declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: string[];
declare const __VERSION__: string;

const shelf = `aimline-${__VERSION__}`;
const page = '/phone/';
const files = new Set(__FILES__);

self.addEventListener('install', event => event.waitUntil(fill()));
self.addEventListener('activate', event => event.waitUntil(takeOver()));
self.addEventListener('message', event => {
  if (event.data === 'update') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  const wanted = request.mode === 'navigate' ? page : pathname;
  if (files.has(wanted)) event.respondWith(answer(wanted, request));
});

async function answer(wanted: string, request: Request): Promise<Response> {
  const cache = await caches.open(shelf);
  return (await cache.match(wanted)) ?? fetch(request);
}

// Families pay for data: a file whose name holds its hash is taken from the build before.
async function fill(): Promise<void> {
  const cache = await caches.open(shelf);
  const keep = async (file: string) => {
    const known = /-[\w-]{8}\.\w+$/.test(file) ? await caches.match(file) : undefined;
    const found = known ?? (await fetch(file, { cache: 'no-cache' }));
    if (!found.ok) throw new Error(`${file}: ${found.status}`);
    await cache.put(file, found);
  };
  await Promise.all(__FILES__.map(keep));
}

// Claims the page of a first visit, so that already its next request needs no network.
async function takeOver(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('aimline-') && name !== shelf) await caches.delete(name);
  await self.clients.claim();
}

export {};
