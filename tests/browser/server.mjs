// The real server with the built pages, on a free port and a folder of its own. It can be stopped
// and started again on the same port, as a school's server is.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.AIMLINE_PROGRAM;
const PAGES = fileURLToPath(new URL('../../web/dist', import.meta.url));
const PATIENCE = 120_000;

export class Server {
  #folder;
  #options;
  #process;
  #port = 0;

  constructor(folder, options) {
    this.#folder = folder;
    this.#options = options;
  }

  /** A new server. `options` are more words of the command line, such as `--sample`. */
  static async start(...options) {
    const server = new Server(await mkdtemp(join(tmpdir(), 'aimline-server-')), options);
    await server.go();
    return server;
  }

  /** Where it is, by a name that browsers trust without TLS. */
  get address() {
    return `http://localhost:${this.#port}`;
  }

  async go() {
    const words = ['serve', '--port', this.#port, '--data-dir', this.#folder, '--web', PAGES];
    this.#process = spawn(PROGRAM, [...words, ...this.#options].map(String), {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
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
