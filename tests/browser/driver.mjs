// What every browser test stands on: Debian's Chromium, and a phone with storage of its own that
// outlives its browser. Tests are files named `*.test.mjs` beside this one.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const CHROMIUM = process.env.AIMLINE_CHROMIUM ?? '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** A phone: one browser profile. It can be closed and opened again, and keeps what it stored. */
export class Phone {
  #profile;
  #options;
  context;

  constructor(profile, options) {
    this.#profile = profile;
    this.#options = options;
  }

  /** A new phone, switched on. `options` are Playwright's for a context. */
  static async start(options = {}) {
    const profile = await mkdtemp(join(tmpdir(), 'aimline-phone-'));
    const phone = new Phone(profile, { ...PHONE, ...options });
    await phone.open();
    return phone;
  }

  async open() {
    this.context = await chromium.launchPersistentContext(this.#profile, {
      executablePath: CHROMIUM,
      args: FLAGS,
      ...this.#options,
    });
  }

  /** The browser ends; the profile stays. */
  async close() {
    await this.context.close();
  }

  /** A tab of this phone at an address. */
  async visit(url) {
    const page = await this.context.newPage();
    await page.goto(url);
    return page;
  }

  /** Ends the browser and forgets everything it stored. */
  async throwAway() {
    await this.close();
    await rm(this.#profile, { recursive: true, force: true });
  }
}

/** A browser at a desk, without a profile. Close it when done. */
export function desk() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}
