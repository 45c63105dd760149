// Builds `src/sw.ts` to `/phone/sw.js` after the pages, and hands it the list of files that the
// phone page needs to open without a network. The version is made of what those files hold, so
// that a new build is a new worker and the same build is the same one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
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
      const kept = readdirSync(join(root, 'public/phone')).map(name => `phone/${name}`);
      const files = ['/phone/', ...[...phoneFiles(bundle), ...kept].map(name => `/${name}`)];
      const version = createHash('sha256').update(files.join('\n'));
      for (const name of kept) version.update(readFileSync(join(root, 'public', name)));
      version.update(readFileSync(join(root, 'phone.html')));
      await build({
        configFile: false,
        root,
        logLevel: 'warn',
        publicDir: false,
        define: {
          __FILES__: JSON.stringify(files),
          __VERSION__: JSON.stringify(version.digest('hex').slice(0, 12)),
        },
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

/** Every file the phone page can ask for: scripts, styles, fonts, and the worker with its core. */
function phoneFiles(bundle: Rollup.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    const chunk = bundle[name];
    if (chunk === undefined || found.has(name) || ofStaff(chunk)) return;
    found.add(name);
    if (chunk.type !== 'chunk') return;
    const { viteMetadata } = chunk;
    [...chunk.imports, ...chunk.dynamicImports].forEach(visit);
    viteMetadata?.importedCss.forEach(visit);
    viteMetadata?.importedAssets.forEach(visit);
  };
  for (const [name, chunk] of Object.entries(bundle)) {
    const page = chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/phone.html');
    // The worker is built apart; its files stand under the page's own path.
    if (page === true || name.startsWith('phone/')) visit(name);
  }
  return [...found].sort();
}

/** The catalogues of the staff's pages hang on the same loader. */
function ofStaff(chunk: Rollup.OutputChunk | Rollup.OutputAsset): boolean {
  return chunk.type === 'chunk' && /\/staff[./]/.test(chunk.facadeModuleId ?? '');
}
