// Luz's two guardians, each with a phone of their own, before what they write together.

import { desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { MARTIN, ROSA } from './people.mjs';
import { Server } from './server.mjs';

/** A sample district, a browser for who comes to it, and both guardians signed in. */
export async function withBothGuardians(t) {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());
  const signedIn = async (who) => OnThePhone.signedIn(await inHand(browser), server, who);
  const [rosa, martin] = await Promise.all([signedIn(ROSA), signedIn(MARTIN)]);
  return { server, browser, rosa, martin };
}

/** How the statement's part about the future is called on that person's phone. */
export const hope = (person) => person.say('statement.vision', { name: 'Luz' });
