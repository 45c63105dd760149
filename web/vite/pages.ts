// Lets `phone.html` and `staff.html` stand at the top of the project and be served as folders:
// `/phone/…` and `/staff/…` each answer with one page, in development and in `dist`.
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export function pages(names: string[]): Plugin {
  let outDir = 'dist';
  return {
    name: 'aimline-pages',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '/'] = (request.url ?? '/').split('?');
        const page = names.find(name => path === `/${name}` || path.startsWith(`/${name}/`));
        if (page !== undefined && !/\.\w+$/.test(path)) request.url = `/${page}.html`;
        next();
      });
    },
    writeBundle() {
      for (const name of names) {
        mkdirSync(join(outDir, name), { recursive: true });
        renameSync(join(outDir, `${name}.html`), join(outDir, name, 'index.html'));
      }
    },
  };
}
