// Three pages from one project: `/` chooses, `/phone/` works offline, `/staff/` is online.
import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { pages } from './vite/pages.ts';
import { serviceWorker } from './vite/serviceWorker.ts';

const server = process.env['AIMLINE_SERVER'] ?? 'http://127.0.0.1:8080';
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8')) as { version: string };

export default defineConfig({
  define: { __BUILD__: JSON.stringify(version) },
  plugins: [react(), pages(['phone', 'staff']), serviceWorker()],
  resolve: { alias: { '~': path('src') } },
  // Phones that parents really have: iOS 15.4 and Chrome 109 and later.
  css: { transformer: 'lightningcss' },
  build: {
    target: ['es2022', 'safari15.4', 'chrome109', 'firefox115'],
    cssTarget: ['safari15.4', 'chrome109', 'firefox115'],
    manifest: false,
    rollupOptions: { input: [path('index.html'), path('phone.html'), path('staff.html')] },
  },
  // Under the phone page's path, so that its service worker answers for the worker's files too.
  worker: {
    format: 'es',
    rollupOptions: {
      output: {
        entryFileNames: 'phone/assets/[name]-[hash].js',
        chunkFileNames: 'phone/assets/[name]-[hash].js',
        assetFileNames: 'phone/assets/[name]-[hash][extname]',
      },
    },
  },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/auth': server,
      '/record': server,
      '/healthz': server,
    },
  },
  // Values are tested in plain Node, components in a document.
  test: {
    projects: [
      { extends: true, test: { name: 'values', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['./vite/testSetup.ts'],
        },
      },
    ],
  },
});
