// Somebody with the phone app in the hand: what a person does there and what she reads, each in
// one line, so that a story reads like one. Taps are real touches.

import { says } from './people.mjs';

const PATIENCE = 30_000;

/** A browser's own answer to "when is this there?": resolves to the moment. */
export const moment = async (locator) => {
  await locator.waitFor();
  return Date.now();
};

export class OnThePhone {
  /** The page that is looked at. */
  page;
  context;
  #address;
  #locale;

  constructor(context, server, locale) {
    this.context = context;
    this.#address = `${server.address}/phone/`;
    this.#locale = locale;
  }

  /** Opens the app on a phone, in a new tab. */
  static async open(context, server, locale = 'en') {
    const person = new OnThePhone(context, server, locale);
    await person.opens();
    return person;
  }

  /** Opens the app and signs in; everything is on the phone then, and the app needs no network. */
  static async signedIn(context, server, who) {
    const person = await OnThePhone.open(context, server);
    await person.signsIn(who);
    await person.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    return person;
  }

  say(id, values) {
    return says('phone', this.#locale, id, values);
  }

  async opens(path = '') {
    this.page = await this.context.newPage();
    await this.page.goto(this.#address + path);
  }

  async goesTo(path) {
    await this.page.goto(this.#address + path);
  }

  async signsIn({ login, password, locale = this.#locale }) {
    await this.types(this.say('signIn.login'), login);
    await this.types(this.say('signIn.password'), password);
    await this.presses(this.say('signIn.action'));
    this.#locale = locale;
    await this.hasEverything();
  }

  /** The first sign-in, with a code from the school. */
  async redeems(code, { login, password }) {
    await this.follows(this.say('signIn.haveCode'));
    await this.types(this.say('redeem.code'), code);
    await this.types(this.say('redeem.login'), login);
    await this.types(this.say('signIn.password'), password);
    await this.presses(this.say('redeem.action'));
    await this.orSaysWhatIsShown(
      this.text(this.say('passkey.offer.title')).waitFor(),
      'the code did not open the phone',
    );
  }

  /** Rather not a passkey, just now. */
  async declinesPasskey() {
    await this.follows(this.say('passkey.offer.later'));
    await this.hasEverything();
  }

  /** The first round is complete: the line under the title tells the time of the last contact. */
  async hasEverything() {
    const isSaid = this.page.locator('[data-is=sent]').getByText(/\d/).waitFor();
    await this.orSaysWhatIsShown(isSaid, 'the first round did not end');
  }

  async orSaysWhatIsShown(isSeen, what) {
    await isSeen.catch(async (cause) => {
      const shown = await this.page.locator('body').innerText();
      throw new Error(`${what}; the phone shows:\n${shown}`, { cause });
    });
  }

  /** The app's browser was closed: it is opened again on the same phone. */
  async opensAgain(context) {
    this.context = context;
    await this.context.setOffline(this.isOffline);
    await this.opens();
  }

  isOffline = false;

  /** Time passes on this phone, for as long as the page is open. */
  async waits(milliseconds) {
    for (const place of [this.page, ...this.page.workers()])
      await place.evaluate((later) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + later;
      }, milliseconds);
  }

  /** Chooses a PIN; `before` is the one there was. */
  async choosesPin(pin, before) {
    const action = this.say(before === undefined ? 'lock.choose' : 'lock.change');
    await this.opensTab('settings');
    await this.presses(action);
    if (before !== undefined) await this.types(this.say('lock.now'), before);
    await this.types(this.say('lock.next'), pin);
    await this.types(this.say('lock.again'), pin);
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: action, exact: true }).tap();
    await dialog.waitFor({ state: 'detached' });
    await this.sees(this.say('lock.on'));
  }

  /** One of the three places, by its tab: the page is not loaded anew. */
  async opensTab(tab) {
    await this.follows(this.say(`tabs.${tab}`));
  }

  /** Types a PIN at the locked phone. */
  async tries(pin) {
    await this.types(this.say('lock.pin'), pin);
    await this.presses(this.say('lock.open'));
  }

  /** For so long this phone answers nobody, as with a core that has much to write. */
  async isBusy(milliseconds) {
    const [worker] = this.page.workers();
    await worker.evaluate((long) => {
      setTimeout(() => {
        const until = Date.now() + long;
        while (Date.now() < until);
      });
    }, milliseconds);
  }

  /** Signs out; `unsent` says what is to become of what waits: `send`, `keep` or `destroy`. */
  async signsOut(unsent) {
    await this.goesTo('settings');
    await this.presses(this.say('signOut'));
    if (unsent !== undefined) {
      await this.page
        .getByRole('radio', { name: this.say(`signOut.${unsent}`) })
        .check({ force: true });
      await this.presses(this.say(`signOut.${unsent}.action`));
    }
    await this.sees(this.say('signIn.title'));
  }

  async losesSignal() {
    this.isOffline = true;
    await this.context.setOffline(true);
    await this.reads('offline');
  }

  async findsSignal() {
    this.isOffline = false;
    await this.context.setOffline(false);
  }

  /** Waits until the line under the title says so: `sent`, `offline`, `sending`, `locked`, `parked`. */
  async reads(state) {
    await this.page.locator(`[data-is=${state}]`).waitFor();
  }

  /** The moment at which the phone says that the school has everything. */
  async hasSentAll() {
    await this.reads('sent');
    return Date.now();
  }

  async sees(text) {
    await this.text(text).waitFor();
  }

  text(text) {
    return this.page.getByText(text).filter({ visible: true }).first();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  async presses(name) {
    await this.button(name).tap();
  }

  async follows(name) {
    await this.page.getByRole('link', { name }).first().tap();
  }

  async types(label, text) {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** A child's part of a family's first page. */
  child(name) {
    return this.page.getByRole('region', { name });
  }

  async goesHome() {
    await this.goesTo('');
  }

  /** Opens what a family writes: `input`, its part before the plan, or `statement`. */
  async writes(page, child) {
    await this.goesHome();
    await this.child(child)
      .getByRole('link', { name: this.say(`${page}.invite`) })
      .tap();
    await this.sees(this.say(`${page}.title`));
  }

  /** Writes one part and waits until the phone says that it is kept, or even that the school has it. */
  async fills(label, text) {
    const field = this.page.getByLabel(label);
    await field.fill(text);
    await field.blur();
    const state = field.locator('xpath=ancestor::div[p[@role="status"]][1]').getByRole('status');
    await state
      .getByText(this.say('kept'))
      .or(state.getByText(this.say('received')))
      .waitFor();
  }

  /** Waits until a part has these words. */
  async finds(label, words) {
    const field = this.page.getByRole('textbox', { name: label });
    const until = Date.now() + PATIENCE;
    while ((await field.inputValue()) !== words) {
      if (Date.now() > until) throw new Error(`not found in time: ${words}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** Hands the part before the plan to the team, for good. */
  async givesItToTheTeam() {
    await this.presses(this.say('input.give'));
    await this.presses(this.say('input.ask.yes'));
    // With signal it may be there before anybody reads that it is kept.
    await this.text(this.say('input.kept'))
      .or(this.text(this.say('input.received')))
      .first()
      .waitFor();
  }

  /** From a child's first lines to the child's own page. */
  async opensChild(child) {
    await this.goesHome();
    await this.child(child)
      .getByRole('link', { name: /visits|visitas/ })
      .tap();
    await this.sees(this.say('student.team'));
  }

  async opensWhoLooked(child) {
    await this.opensChild(child);
    await this.follows(this.say('looks.title'));
    await this.sees(this.say('looks.not'));
  }

  async acceptsInvitation(child) {
    await this.goesHome();
    await this.child(child)
      .getByRole('button', { name: this.say('meeting.come') })
      .tap();
    await this.child(child).getByText(this.say('meeting.answered.yes')).waitFor();
  }

  /** Fills in a visit, from the first page on, tap by tap; it is not saved yet. */
  async writesVisit(student, note) {
    let taps = 0;
    const tap = async (what) => {
      taps += 1;
      await what.tap();
    };
    await tap(this.button(this.say('visit.log')));
    await tap(this.page.getByRole('link', { name: student }).first());
    for (const edge of ['start', 'end'])
      await tap(
        this.button(this.say('visit.earlier', { label: this.say(`visit.${edge}`), minutes: 5 })),
      );
    const goal = this.page
      .getByRole('region', { name: this.say('visit.goals') })
      .locator('section')
      .first();
    const keys = goal.getByRole('group').first().getByRole('button');
    for (const key of [5, 6, 7]) await tap(keys.nth(key));
    await tap(this.page.getByLabel(this.say('visit.note')));
    await this.notes(note);
    const [title] = (await goal.getByRole('heading').innerText()).split('\n');
    const scores = await goal.getByRole('list').getByRole('button').allInnerTexts();
    return { taps, goal: title, scores };
  }

  /** Writes the note of the visit in the form. */
  async notes(words) {
    await this.page.getByLabel(this.say('visit.note')).fill(words);
  }

  /** Logs a visit; answers how many taps it took, and which scores were taken for which goal. */
  async logsVisit(student, note) {
    const { taps, ...taken } = await this.writesVisit(student, note);
    await this.presses(this.say('visit.save'));
    await this.sees(this.say('visit.kept'));
    return { taps: taps + 1, ...taken };
  }
}
