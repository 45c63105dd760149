// An assignment ends while the provider's phone is away: what she did before still arrives, and
// the child's data leaves her phone at the next contact.

import assert from 'node:assert/strict';
import test from 'node:test';

import { AtTheDesk } from './at-the-desk.mjs';
import { atDesk, desk, inHand } from './driver.mjs';
import { OnThePhone } from './on-the-phone.mjs';
import { RUTH, LUZ, SAMIRA } from './people.mjs';
import { Server } from './server.mjs';

const NOTE = 'Our last session: she told the whole story of the snail.';

/** Whether a text stands anywhere in the files that this origin keeps on the phone. */
const isStored = (page, text) =>
  page.evaluate(async (text) => {
    const bytes = String.fromCharCode(...new TextEncoder().encode(text));
    const holds = async (entry) => {
      if (entry.kind === 'file')
        return new TextDecoder('latin1')
          .decode(await (await entry.getFile()).arrayBuffer())
          .includes(bytes);
      for await (const inner of entry.values()) if (await holds(inner)) return true;
      return false;
    };
    return holds(await navigator.storage.getDirectory());
  }, text);

test('when an assignment ended meanwhile, the last visit arrives and the child leaves the phone', async (t) => {
  const server = await Server.start('--sample');
  t.after(() => server.throwAway());
  const browser = await desk();
  t.after(() => browser.close());
  const samira = await OnThePhone.signedIn(await inHand(browser), server, SAMIRA);
  const ruth = await AtTheDesk.signedIn(await atDesk(browser), server, RUTH);

  await samira.losesSignal();
  await samira.logsVisit(LUZ, NOTE);
  // Encrypted, so what a purge leaves behind is for `sync` and the simulator to find out.
  assert.equal(await isStored(samira.page, LUZ), false, 'nothing of hers lies in the clear');

  await ruth.opensStudent(LUZ);
  await ruth.endsAssignmentOf(SAMIRA.name);

  await samira.findsSignal();
  await ruth.part('Visits').getByText(NOTE).waitFor();
  await samira.sees('This page is not on this phone');
  await samira.goesHome();
  await samira.reads('sent');
  await samira.page
    .getByRole('link', { name: /log a visit with/i })
    .first()
    .waitFor();
  assert.equal(await samira.text(LUZ).count(), 0);
  assert.equal(await isStored(samira.page, LUZ), false);
  assert.equal(await isStored(samira.page, NOTE), false);
});
