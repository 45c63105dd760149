// A later build of the pages, beside the one there is: what a school's server has after an update.

import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { PAGES } from './server.mjs';

/** A copy of the built pages that can be updated in place. */
export async function copyOfPages() {
  const folder = await mkdtemp(join(tmpdir(), 'aimline-pages-'));
  await cp(PAGES, folder, { recursive: true });
  return {
    folder,
    throwAway: () => rm(folder, { recursive: true, force: true }),
    /** The next build: another version in the program, so another name of its file, so another service worker. */
    update: (version) => update(folder, version),
  };
}

async function update(folder, version) {
  const index = await readFile(join(folder, 'phone/index.html'), 'utf8');
  const [entry] = /assets\/phone-[\w-]{8}\.js/.exec(index) ?? [];
  const renamed = entry.replace(/-[\w-]{8}\.js/, '-LaterOne.js');
  const before = JSON.parse(
    await readFile(new URL('../../web/package.json', import.meta.url), 'utf8'),
  ).version;
  await rename(join(folder, entry), join(folder, renamed));
  for (const path of await readdir(folder, { recursive: true }))
    if (/\.(js|html)$/.test(path))
      await edit(join(folder, path), (text) =>
        text
          .replaceAll(basename(entry), basename(renamed))
          .replaceAll(/aimline-[0-9a-f]{12}/g, 'aimline-000000000002')
          .replaceAll(`\`${before}\``, `\`${version}\``)
          .replaceAll(`"${before}"`, `"${version}"`),
      );
}

async function edit(path, change) {
  const text = await readFile(path, 'utf8');
  const changed = change(text);
  if (changed !== text) await writeFile(path, changed);
}
