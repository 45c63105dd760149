// Builds `src/sw.ts` to `/phone/sw.js` after the pages, and hands it the list of files that the
// phone page needs to open without a network. The list names hashed files, so a new build is a
// new worker.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build, type Plugin, type Rollup } from 'vite';

export function serviceWorker(): Plugin {
  let root = '.';
  return {
    name: 'aimline-service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async writeBundle(_options, bundle) {
      const files = ['/phone/', ...phoneFiles(bundle)];
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      await build({
        configFile: false,
        root,
        logLevel: 'warn',
        publicDir: false,
        define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
        build: {
          emptyOutDir: false,
          lib: {
            entry: join(root, 'src/sw.ts'),
            formats: ['iife'],
            name: 'sw',
            fileName: () => 'phone/sw.js',
          },
        },
      });
    },
  };
}

/** Every file reachable from the phone page: scripts, styles, fonts, workers, wasm. */
function phoneFiles(bundle: Rollup.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    const chunk = bundle[name];
    if (chunk === undefined || found.has(name)) return;
    if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/staff.json')) return;
    found.add(name);
    if (chunk.type !== 'chunk') return;
    const { viteMetadata } = chunk;
    [...chunk.imports, ...chunk.dynamicImports].forEach(visit);
    viteMetadata?.importedCss.forEach(visit);
    viteMetadata?.importedAssets.forEach(visit);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/phone.html')) visit(name);
  }
  return [...found].sort().map(name => `/${name}`);
}
