// A program of somebody's own, which speaks the protocol of docs/sync.md with the school's server and
// does what no page would.

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';

const PUSH = 'mutation($chunk:SyncChunk!){syncPush(batch:$chunk)}';

export class Program {
  #address;
  #access;
  #store = randomUUID();
  #sent = 0;

  constructor(server) {
    this.#address = server.address;
  }

  static async signedIn(server, { login, password }) {
    const program = new Program(server);
    const device = { kind: 'phone', name: 'A program', store: program.#store };
    const { access } = await program.#post('/auth/sign-in', { login, password, device });
    program.#access = access;
    return program;
  }

  async asks(query, variables) {
    const { data, errors } = await this.#post('/graphql', { query, variables });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Does one thing; answers the verdict. */
  async does(agency, name, body) {
    const at = { device: Date.now() * 1000, offset: 0 };
    const push = {
      wire: 1,
      store: this.#store,
      agency,
      first: (this.#sent += 1),
      operations: [{ id: randomUUID(), name, v: 1, at, body }],
    };
    const chunk = deflateRawSync(JSON.stringify(push)).toString('base64url');
    const { syncPush } = await this.asks(PUSH, { chunk });
    const { verdicts } = JSON.parse(inflateRawSync(Buffer.from(syncPush, 'base64url')).toString());
    return verdicts[0].verdict.is;
  }

  async #post(path, body) {
    const headers = { 'content-type': 'application/json' };
    if (this.#access !== undefined) headers.authorization = `Bearer ${this.#access}`;
    const answer = await fetch(this.#address + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return answer.json();
  }
}
