// The Grand Bend sample, a whole district that nobody of this project made: a copy whose school year
// is this one, to be changed as the student information system would.

import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REAL = process.env.AIMLINE_REAL_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const GRAND_BEND = join(REAL, 'grand-bend');

/** Why there is nothing to import, or `false`. */
export const absent = existsSync(GRAND_BEND) ? false : `${GRAND_BEND} is not here: no real district to import`;

export class Roster {
  folder;

  static async ofThisYear() {
    const roster = new Roster();
    roster.folder = await mkdtemp(join(tmpdir(), 'aimline-roster-'));
    await cp(GRAND_BEND, roster.folder, { recursive: true });
    const now = new Date();
    const first = now.getFullYear() - (now.getMonth() < 7 ? 1 : 0);
    const moved = (text) => text.replaceAll('2022-', `${first + 1}-`).replaceAll('2021-', `${first}-`);
    await roster.#change('enrollments.csv', moved);
    // A term's id has the year in it as well, and classes name it: only its days are moved.
    await roster.#change('academicSessions.csv', (text) =>
      text.replaceAll(/\b(2021|2022)(?=-\d\d-\d\d\b)/g, (year) => first + Number(year) - 2021),
    );
    return roster;
  }

  /** Lines of a file as cells by the names of their columns. */
  async rows(file) {
    const [head, ...lines] = (await readFile(join(this.folder, file), 'utf8')).trim().split(/\r?\n/);
    const cells = (line) => [...line.matchAll(/(?:"([^"]*)"|([^,]*))(?:,|$)/g)].map(([, quoted, plain]) => quoted ?? plain);
    const columns = cells(head);
    return lines.map((line) => Object.fromEntries(cells(line).map((cell, at) => [columns[at], cell])));
  }

  /** Somebody is in no file any more. */
  async without(id) {
    const kept = (text) => text.split('\n').filter((line) => !line.split(',').includes(id)).join('\n');
    await this.#change('users.csv', kept);
    await this.#change('enrollments.csv', kept);
  }

  async #change(file, how) {
    const path = join(this.folder, file);
    const text = await readFile(path, 'utf8');
    // The sample may be read-only, and so its copy.
    await rm(path);
    await writeFile(path, how(text));
  }

  throwAway() {
    return rm(this.folder, { recursive: true, force: true });
  }
}
