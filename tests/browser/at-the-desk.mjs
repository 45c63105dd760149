// Somebody at the staff console: what a person does there and what she reads, each in one line.

import { says } from './people.mjs';

export class AtTheDesk {
  page;
  #address;
  #locale;

  constructor(page, server, locale) {
    this.page = page;
    this.#address = `${server.address}/staff/`;
    this.#locale = locale;
  }

  /** Opens the console in a window, without a sign-in. */
  static async open(context, server, locale = 'en') {
    const person = new AtTheDesk(await context.newPage(), server, locale);
    await person.goesTo('');
    return person;
  }

  static async signedIn(context, server, who) {
    const person = await AtTheDesk.open(context, server);
    await person.signsIn(who);
    return person;
  }

  say(id, values) {
    return says('staff', this.#locale, id, values);
  }

  async goesTo(path) {
    await this.page.goto(this.#address + path);
  }

  async signsIn({ login, password }) {
    await this.page.getByLabel(this.say('signIn.login')).fill(login);
    await this.page.getByLabel(this.say('signIn.password')).fill(password);
    await this.presses(this.say('signIn.action'));
    await this.heading(this.say('students.title')).waitFor();
  }

  /** The first sign-in, with a code from whoever runs the server. */
  async redeems(code, { login, password }) {
    await this.goesTo('redeem');
    await this.page.getByLabel(this.say('redeem.code')).fill(code);
    await this.page.getByLabel(this.say('redeem.login')).fill(login);
    await this.page.getByLabel(this.say('signIn.password')).fill(password);
    await this.presses(this.say('redeem.action'));
    await this.heading(this.say('students.title')).waitFor();
  }

  /** Finds a student who has no plan: those with one are listed first. */
  async findsAmongAll(name) {
    await this.page.getByLabel(this.say('students.search')).fill(name);
    await this.presses(this.say('students.showAll'));
    await this.page.getByRole('link', { name }).first().waitFor();
  }

  heading(name) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  async finds(name) {
    await this.page.getByLabel(this.say('students.search')).fill(name);
    await this.page.getByRole('link', { name }).first().waitFor();
  }

  /** Finds a student and leaves the page open; it hears of changes from then on. */
  async opensStudent(name) {
    await this.finds(name);
    await this.page.getByRole('link', { name }).first().click();
    await this.heading(name).waitFor();
    await this.sees(this.say('live.live'));
  }

  async presses(name) {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Goes to another page by the bar at the top. */
  async follows(name) {
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
  }

  text(text) {
    return this.page.getByText(text).first();
  }

  async sees(text) {
    await this.text(text).waitFor();
  }

  /** One of the boxes of a student's page. */
  part(title) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Opens a box's dialog by its button. */
  async asks(part, button) {
    await this.part(part).getByRole('button', { name: button }).first().click();
    await this.dialog().waitFor();
  }

  dialog() {
    return this.page.getByRole('dialog').or(this.page.getByRole('alertdialog'));
  }

  async cancels() {
    await this.dialog()
      .getByRole('button', { name: this.say('dialog.cancel') })
      .click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  async assigns(name, role) {
    await this.asks(this.say('section.team'), this.say('team.add'));
    await this.page.getByRole('combobox', { name: this.say('team.person') }).fill(name);
    await this.page.getByRole('listbox').getByRole('option', { name }).click();
    await this.page
      .getByLabel(this.say('team.role'))
      .selectOption({ label: this.say(`assignment.${role}`) });
    await this.dialog()
      .getByRole('button', { name: this.say('team.add') })
      .click();
    await this.sees(this.say('team.added', { name }));
  }

  async endsAssignmentOf(name) {
    await this.asks(this.say('section.team'), `${this.say('team.end')} ${name}`);
    await this.dialog()
      .getByRole('button', { name: this.say('team.end') })
      .click();
    await this.sees(this.say('team.ended', { name }));
  }

  /** Confirms the contact who is that to the student, who has no rights before; says her name. */
  async verifiesContact(relation) {
    const contact = this.part(this.say('section.contacts'))
      .getByRole('listitem')
      .filter({ hasText: relation })
      .first();
    const name = await contact.locator('strong').innerText();
    await this.presses(`${this.say('contacts.verify')} ${name}`);
    await this.sees(this.say('contacts.verified.done', { name }));
    return name;
  }

  async grantsRights(name, evidence) {
    await this.asks(this.say('section.contacts'), `${this.say('rights.grant')} ${name}`);
    await this.page.getByLabel(this.say('rights.evidence')).fill(evidence);
    await this.dialog()
      .getByRole('button', { name: this.say('rights.grant') })
      .click();
    await this.sees(this.say('rights.granted.done', { name }));
  }

  async makesCodeFor(name) {
    await this.asks(this.say('section.contacts'), `${this.say('invitation.make')} ${name}`);
    await this.dialog()
      .getByRole('button', { name: this.say('invitation.make') })
      .click();
    const code = await this.page.getByLabel(this.say('invitation.code')).innerText();
    await this.dialog()
      .getByRole('button', { name: this.say('invitation.done') })
      .click();
    return code;
  }

  async endsRightsOf(name) {
    await this.asks(this.say('section.contacts'), `${this.say('rights.end')} ${name}`);
    await this.dialog()
      .getByRole('button', { name: this.say('rights.end') })
      .click();
    await this.sees(this.say('rights.ended.done', { name }));
  }

  /** Writes down a court's order that keeps a contact away. */
  async recordsOrderAgainst(name, order) {
    await this.asks(this.say('section.contacts'), `${this.say('restriction.record')} ${name}`);
    await this.page.getByLabel(this.say('restriction.order')).fill(order);
    await this.dialog()
      .getByRole('button', { name: this.say('restriction.record') })
      .click();
    await this.sees(this.say('restriction.done', { name }));
  }

  async liftsOrderAgainst(name, evidence) {
    await this.asks(this.say('section.contacts'), `${this.say('restriction.lift')} ${name}`);
    await this.page.getByLabel(this.say('restriction.evidence')).fill(evidence);
    await this.dialog()
      .getByRole('button', { name: this.say('restriction.lift') })
      .click();
    await this.sees(this.say('restriction.lifted.done', { name }));
  }

  /** Answers the newest request to correct the record: it stays as it is. */
  async refusesToCorrect(why) {
    await this.asks(this.say('section.requests'), this.say('requests.answer.CORRECT'));
    const refused = this.say('requests.decision.refused');
    await this.dialog().getByRole('radio', { name: refused }).check({ force: true });
    await this.page.getByLabel(this.say('requests.words.refused')).fill(why);
    await this.dialog()
      .getByRole('button', { name: this.say('requests.send') })
      .click();
    await this.sees(this.say('requests.done'));
  }

  /** The rows of a goal's chart as its table says them, newest first. */
  pointsOf(goal) {
    const chart = this.page.getByRole('article').filter({ hasText: goal });
    return chart
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  }

  /** When this page was loaded: the same number means that nobody loaded it again. */
  loadedAt() {
    return this.page.evaluate(() => performance.timeOrigin);
  }
}
