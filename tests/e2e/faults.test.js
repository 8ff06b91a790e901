// Faults of tasks, of the module and of workers. After each fault, the page shows an error message,
// and works again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOPS_END_WITHIN_MS } from '../../www/run/hosts.js';
import { faultPage, hosts, outcomeOf, works } from './fault-page.js';
import { button, frames, lane, site, until } from './site.js';

const { open } = await site();

// ---- Faults --------------------------------------------------------------------------------

const OF_A_TASK = {
  panic: /“main” panicked: a task failed because it was asked to/,
  several: /“fails” panicked: one of several tasks failed/,
  payload: /“main” panicked/,
};

for (const [fault, sentence] of Object.entries(OF_A_TASK)) {
  test(`${fault}: the run ends, the host goes on`, async (t) => {
    const page = await faultPage(open, t);
    for (let n = 0; n < 3; n++) {
      const { outcome, message } = await outcomeOf(page, 'fault', { fault, afterMs: 20 });
      assert.equal(outcome, 'panicked');
      assert.match(message, sentence);
    }
    await works(page);
    assert.equal(await hosts(page), 1);
  });
}

const OF_THE_MODULE = {
  trap: /unreachable/,
  memory: /unreachable|memory/i,
  stack: /stack|recursion|unreachable/i,
};

for (const [fault, cause] of Object.entries(OF_THE_MODULE)) {
  test(`${fault}: another host takes over, and what was recorded stays`, async (t) => {
    const page = await faultPage(open, t);
    // The fault happens after the page has shown the earlier output. The program takes 50 ms,
    // because a shorter program would first run once as a warm-up.
    let held;
    await page.context().route('**/held', (route) => {
      held = route;
    });
    const end = outcomeOf(page, 'fault', { fault, afterMs: 50, waitFor: ['held'] });
    await lane(page, 'Parallel').getByText('All goes well so far').first().waitFor();
    await until(() => held, 'main waits for the answer');
    await held.fulfill({ status: 204 });
    const { outcome, message } = await end;
    assert.equal(outcome, 'Lost');
    assert.match(message, /^The worker that runs the programs can’t go on/);
    assert.match(message, cause);
    const text = await lane(page, 'Parallel').innerText();
    assert.match(text, /can’t go on/, 'the lane says so');
    assert.match(text, /All goes well so far/, 'what was said before is still there');
    await works(page);
    assert.equal(await hosts(page), 2, 'one restart');
  });
}

test('a panic on a pool thread outside a task', async (t) => {
  const page = await faultPage(open, t);
  const { outcome } = await outcomeOf(page, 'fault', { fault: 'outside', afterMs: 20 });
  assert.ok(outcome === 'completed' || outcome === 'Lost', outcome);
  await page.waitForFunction(() => window.hosts === 2);
  await works(page);
});

test('a panic in the host', async (t) => {
  const page = await faultPage(open, t);
  const { outcome, message } = await outcomeOf(page, 'fault', { fault: 'host' });
  assert.equal(outcome, 'Lost');
  assert.match(message, /the host failed because it was asked to/);
  await works(page);
  assert.equal(await hosts(page), 2);
});

test('a host that stops answering is noticed by its heartbeat', async (t) => {
  const page = await faultPage(open, t);
  const { outcome, message } = await outcomeOf(page, 'fault', { fault: 'silence' });
  assert.equal(outcome, 'Lost');
  assert.match(message, /has not answered for 5 seconds/);
  await works(page);
  assert.equal(await hosts(page), 2);
});

test('a second fault in a row leaves it to the reader to try again', async (t) => {
  const page = await faultPage(open, t);
  for (let n = 0; n < 2; n++) {
    const { outcome } = await outcomeOf(page, 'fault', { fault: 'trap', afterMs: 20 });
    assert.equal(outcome, 'Lost');
    if (n === 0) await page.waitForFunction(() => window.hosts === 2);
  }
  await button(page, 'Try again').waitFor();
  // A new host would start before this timer fires, because timers fire in the order of their
  // times.
  await page.evaluate(
    (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
      }),
    2 * LOOPS_END_WITHIN_MS + 1,
  );
  assert.equal(await hosts(page), 2, 'nothing is tried for ever');
  await button(page, 'Try again').click();
  await works(page);
  assert.equal(await hosts(page), 3);
});

// ---- Starting ------------------------------------------------------------------------------

test('a pool worker that does not load: a sentence within the limit, then the page works', async (t) => {
  let broken = true;
  const page = await open(
    t,
    '',
    {},
    {
      errors: true,
      ready: false,
      before: (page) =>
        page.context().route('**/workerHelpers*', (route) => (broken ? route.abort() : route.continue())),
    },
  );
  await page
    .getByText(/could not be started|did not start|did not load/)
    .first()
    .waitFor();
  broken = false;
  const again = button(page, 'Try again');
  const ready = page.evaluate(() => window.manyhands.ready);
  await Promise.race([ready, again.waitFor().then(() => again.click())]);
  await ready;
  await works(page);
});

test('the worker that draws does not load: a run is drawn when it has ended', async (t) => {
  const page = await open(
    t,
    '',
    {},
    {
      errors: true,
      before: (page) => page.context().route('**/live-worker.js', (route) => route.abort()),
    },
  );
  await works(page);
  await frames(page);
  const canvas = lane(page, 'Parallel').locator('canvas');
  assert.equal(await canvas.count(), 1);
  const drawn = await canvas.evaluate((/** @type {HTMLCanvasElement} */ canvas) =>
    canvas
      .getContext('2d')
      .getImageData(0, 0, canvas.width, canvas.height)
      .data.some((byte) => byte > 0),
  );
  assert.ok(drawn);
});

test('a module that is not there: a sentence that says what to do', async (t) => {
  const page = await open(
    t,
    '',
    {},
    {
      errors: true,
      ready: false,
      before: (page) =>
        page.context().route('**/manyhands_bg.wasm', (route) => route.fulfill({ status: 404, body: '' })),
    },
  );
  await button(page, 'Try again').waitFor();
  assert.match(await page.locator('#lost-sentence').innerText(), /\S.*\./);
});
