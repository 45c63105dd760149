// An agency's own sign-in: oidc-provider, which others wrote and keep to the standard, with a page on
// which somebody says who they are. The server learns of it from a file, as an operator writes it.

import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Provider from 'oidc-provider';

const SECRET = 'a secret of the two of them';

export class Issuer {
  /** What it knows of people, by the name that they type: `{ email, email_verified }`. */
  people = {};
  #server;
  #provider;
  #folder;
  #address;

  /** One that listens and knows nobody yet; `agency` is whose it is. */
  static async start(agency) {
    const issuer = new Issuer();
    issuer.#server = createServer((request, response) => void issuer.#answer(request, response));
    await issuer.#listen(0);
    issuer.#address = `http://127.0.0.1:${issuer.#server.address().port}`;
    issuer.#folder = await mkdtemp(join(tmpdir(), 'aimline-issuer-'));
    await writeFile(join(issuer.#folder, 'secret'), `${SECRET}\n`);
    const told = { agency, name: 'Valley Schools', url: issuer.#address, client_id: 'aimline' };
    const lines = Object.entries({ ...told, client_secret_file: join(issuer.#folder, 'secret') });
    const text = lines.map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join('\n');
    await writeFile(issuer.settings, `[[issuer]]\n${text}\n`);
    return issuer;
  }

  /** The file for `aimline serve --oidc`. */
  get settings() {
    return join(this.#folder, 'oidc.toml');
  }

  /** From now on it sends people back to that server. */
  knows(server) {
    const people = this.people;
    this.#provider = new Provider(this.#address, {
      clients: [
        {
          client_id: 'aimline',
          client_secret: SECRET,
          redirect_uris: [`${server.address}/staff/return`],
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      cookies: { keys: ['of this test'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, sub) =>
        people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      loadExistingGrant: async ({ oidc }) => {
        const { Grant } = oidc.provider;
        const accountId = oidc.session.accountId;
        const grant = new Grant({ clientId: oidc.client.clientId, accountId });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
      pkce: { required: () => true },
    });
  }

  /** It does not answer for a while. */
  async isAway() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async isBack() {
    await this.#listen(Number(new URL(this.#address).port));
  }

  async throwAway() {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #listen(port) {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  async #answer(request, response) {
    if (!request.url.startsWith('/interaction/')) return this.#provider.callback()(request, response);
    await this.#provider.interactionDetails(request, response);
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end(PAGE);
    }
    let sent = '';
    for await (const piece of request) sent += piece;
    const words = new URLSearchParams(sent);
    const result = words.has('cancel')
      ? { error: 'access_denied', error_description: 'they turned away' }
      : { login: { accountId: words.get('name') } };
    return this.#provider.interactionFinished(request, response, result);
  }
}

const PAGE = `<!doctype html><html lang="en"><title>Valley Schools</title>
<form method="post"><label>Your name <input name="name"></label>
<button>Go on</button><button name="cancel" value="1">Not now</button></form></html>`;
