// What every browser test stands on: Debian's Chromium, phones with storage of their own that can
// outlive their browser, and a browser at a desk. Tests are files named `*.test.mjs` beside this.

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

/** Where it is about noon now, so that a visit that has just ended lies within one day. */
function atNoon(now = new Date()) {
  const ahead = 12 - now.getUTCHours();
  // In these names the sign is the other way round.
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'en-US',
  timezoneId: atNoon(),
};

const DESK = { viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: atNoon() };

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
    const phone = await Phone.inBox(options);
    await phone.open();
    return phone;
  }

  /** A new phone that nobody switched on yet. */
  static async inBox(options = {}) {
    const profile = await mkdtemp(join(tmpdir(), 'aimline-phone-'));
    return new Phone(profile, { ...PHONE, ...options });
  }

  /** The folder in which its browser keeps everything. */
  get profile() {
    return this.#profile;
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

/** A browser that several people share in one file: windows at desks, phones never switched off. */
export function desk() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A window of a browser at a desk, with sign-ins of its own. */
export async function atDesk(browser, options = {}) {
  return browser.newContext({ ...DESK, ...options });
}

/** A phone that stays switched on for as long as the story lasts. */
export async function inHand(browser, options = {}) {
  return browser.newContext({ ...PHONE, ...options });
}
