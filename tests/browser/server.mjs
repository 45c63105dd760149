// The real server with the built pages, on a free port and a folder of its own. It can be stopped
// and started again on the same port, as a school's server is.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.AIMLINE_PROGRAM;
const PATIENCE = 120_000;

/** The pages as they were built. */
export const PAGES = fileURLToPath(new URL('../../web/dist', import.meta.url));

export class Server {
  #folder;
  #words;
  #process;
  #port = 0;

  constructor(folder, words) {
    this.#folder = folder;
    this.#words = words;
  }

  /** A new server. `words` are more words of the command line, such as `--sample`. */
  static async start(...words) {
    return Server.withPages(PAGES, ...words);
  }

  /** A new server of pages that lie elsewhere. */
  static async withPages(pages, ...words) {
    const folder = await mkdtemp(join(tmpdir(), 'aimline-server-'));
    const server = new Server(folder, ['--web', pages, ...words]);
    await server.go();
    return server;
  }

  /** Where it is, by a name that browsers trust without TLS. */
  get address() {
    return `http://localhost:${this.#port}`;
  }

  async go() {
    const words = ['serve', '--port', this.#port, '--data-dir', this.#folder, ...this.#words];
    this.#process = spawn(PROGRAM, words.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#port = await new Promise((resolve, reject) => {
      let said = '';
      const hear = (words) => {
        said += words;
        const found = /Aimline is at http:\/\/[^:]+:(\d+)/.exec(said);
        if (found) resolve(Number(found[1]));
      };
      this.#process.stdout.on('data', hear);
      this.#process.stderr.on('data', hear);
      this.#process.on('exit', () => reject(new Error(`the server ended: ${said}`)));
      setTimeout(() => reject(new Error(`the server does not answer: ${said}`)), PATIENCE).unref();
    });
  }

  /** The installation gets a new secret, as after a leak: every sign-in there was has ended. */
  async endAllSignIns() {
    await this.stop();
    await rm(join(this.#folder, 'secret'));
    await this.go();
  }

  /** Another command of the program on the same folder, beside the server; what it prints. */
  run(...words) {
    const done = spawnSync(PROGRAM, [...words, '--data-dir', this.#folder], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`aimline ${words[0]}: ${done.stderr}`);
    return done.stdout;
  }

  async stop() {
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }

  async throwAway() {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
