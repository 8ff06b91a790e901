// Guests: modules that are not part of the site, whose goroutines run on the pool.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultPage, hosts, outcomeOf, works } from './fault-page.js';
import { guest, guestsAnswer, guestsTrap } from './guest-runs.js';
import { refusal, site } from './site.js';

const { open } = await site();

test('goroutines of a guest run on one processor and on several', async (t) => {
  const page = await open(t);
  for (const processors of [1, 2, 8]) await guestsAnswer(page, processors);
  await works(page);
});

test('a trap ends the run with a sentence, 200 times, and the same host goes on', async (t) => {
  const page = await faultPage(open, t);
  await works(page);
  const before = await hosts(page);
  for (const processors of [1, 2]) await guestsTrap(page, 100, processors);
  await works(page);
  assert.equal(await hosts(page), before);
});

test('Stop ends a guest whose goroutines switch', async (t) => {
  const page = await open(t);
  for (const processors of [1, 2]) {
    const stopped = page.evaluate(async () => {
      await window.watched.started();
      window.manyhands.stop();
    });
    const end = outcomeOf(page, 'guest', guest('yields', 4, 2 ** 31), { processors });
    await stopped;
    assert.deepEqual(await end, { outcome: 'stopped', message: 'The run was stopped.' });
  }
  await works(page);
});

test('a module that cannot be a guest is refused in a sentence', async (t) => {
  const page = await open(t);
  const message = (module) => refusal(page, 'guest', { module }, { processors: 1 });
  assert.match(await message('0'), /^Module must be an even number of hexadecimal digits\.$/);
  assert.match(await message('00'), /^The module can't be started: .+\.$/);
  // A module without exports.
  assert.match(await message('0061736d01000000'), /^The module's main failed: .+\.$/);
  await works(page);
});
