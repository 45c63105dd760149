/// <reference lib="webworker" />
// Opens the phone page without a network: keeps the files of one build, whole, and answers from
// them. Data never passes through here; it lives in the core.
declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: string[];
declare const __VERSION__: string;

const shelf = `aimline-${__VERSION__}`;

self.addEventListener('install', event => {
  event.waitUntil(caches.open(shelf).then(cache => cache.addAll(__FILES__)));
});

self.addEventListener('activate', event => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET') return;
  const wanted = request.mode === 'navigate' ? '/phone/' : request;
  event.respondWith(
    caches.match(wanted, { ignoreSearch: true }).then(kept => kept ?? fetch(request)),
  );
});

export {};
