// What can go wrong, and that each of it ends in a sentence and a page that works.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { button, enabled, idle, lane, run, site } from './site.js';

const { open } = await site();

/** From the press on, at most this for what looks up now and then, and for what never does. */
const STOP_MS = { listening: 300, deaf: 5000 };

/** On a busy machine the page itself may be late; the bench holds it to the limits. */
const PATIENCE = 2;

/**
 * A page that counts its hosts, and may report errors: a panic shows in the console.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} [hash]
 */
async function careless(t, hash) {
  return open(t, hash, {}, { errors: true, before: (page) => page.addInitScript(() => {
    window.hosts = 0;
    window.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        window.hosts++;
      }
    };
  }) });
}

/** Runs a program by script and says how that ended, whichever way it did. */
function outcomeOf(page, program, params, options = {}) {
  return page.evaluate(([program, params, options]) => (
    window.manyhands.run(program, params, options).then(
      ({ outcome, message }) => ({ outcome, message }),
      ({ name, message }) => ({ outcome: name, message }))
  ), [program, params, options]);
}

/** The page still does what it is for, on all processors. */
async function works(page) {
  await enabled(page, 'Run and compare');
  const report = await run(page, 'sum');
  assert.equal(report.outcome, 'completed', report.message);
  assert.equal(report.answer.total, 12);
}

const hosts = (page) => page.evaluate(() => window.hosts);

// ---- Stop ----------------------------------------------------------------------------------

/** Presses Stop while a program runs; returns how the run ended and how long until the page could run again. */
async function stopped(page, program, params, options = {}) {
  return page.evaluate(async ([program, params, options]) => {
    const end = window.manyhands.run(program, params, options).then(({ outcome }) => outcome, ({ message }) => message);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const pressed = performance.now();
    window.manyhands.stop();
    const outcome = await end;
    const endedMs = performance.now() - pressed;
    const { answer } = await window.manyhands.run('sum', {});
    return { outcome, endedMs, usableMs: performance.now() - pressed, total: answer.total };
  }, [program, params, options]);
}

const LISTENING = [
  ['a task that computes', 'counters', { counters: 2, work: 20 }],
  ['a task without a time slice', 'counters', { counters: 2, work: 20, timeSliceMs: 0 }],
  ['tasks that sleep', 'greeters', { times: 100, firstDelayMs: 1000, mainWaitsMs: 10_000 }],
  ['tasks that wait for each other', 'pool', { workers: 2, jobs: 50, jobMs: 1000 }],
  ['a parallel iterator', 'mandelbrot', { width: 2000, height: 2000, iterations: 1000 }],
];

for (const [what, program, params] of LISTENING) {
  test(`Stop ends ${what} at once`, async (t) => {
    const page = await careless(t);
    for (const processors of [1, 2]) {
      const { outcome, endedMs, total } = await stopped(page, program, params, { processors });
      assert.equal(outcome, 'stopped');
      assert.ok(endedMs < STOP_MS.listening * PATIENCE, `${endedMs} ms`);
      assert.equal(total, 12);
    }
    assert.equal(await hosts(page), 1, 'the same host goes on');
  });
}

test('Stop ends a task that never looks up, with a sentence', async (t) => {
  const page = await careless(t);
  const { outcome, usableMs, total } = await stopped(page, 'runaway', { seconds: 60 });
  assert.match(outcome, /did not answer to Stop.*worker.*ended/);
  assert.ok(usableMs < STOP_MS.deaf * PATIENCE, `${usableMs} ms`);
  assert.equal(total, 12);
  assert.equal(await hosts(page), 2);
  await works(page);
});

test('stop and run, many times: one host, one pool', async (t) => {
  const page = await careless(t);
  const memory = () => page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
  const round = () => page.evaluate(async () => {
    const end = window.manyhands.run('counters', { counters: 4, work: 20 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    window.manyhands.stop();
    return (await end).outcome;
  });
  for (let n = 0; n < 10; n++) assert.equal(await round(), 'stopped');
  const before = await memory();
  for (let n = 0; n < 90; n++) assert.equal(await round(), 'stopped');
  const grown = await memory() - before;
  assert.ok(grown < 3e6, `${grown} bytes in 90 rounds`);
  assert.equal(await hosts(page), 1);
  await works(page);
});

// ---- Faults --------------------------------------------------------------------------------

const OF_A_TASK = {
  panic: /“main” panicked: a task failed because it was asked to/,
  several: /“fails” panicked: one of several tasks failed/,
  payload: /“main” panicked/,
};

for (const [fault, sentence] of Object.entries(OF_A_TASK)) {
  test(`${fault}: the run ends, the host goes on`, async (t) => {
    const page = await careless(t);
    for (let n = 0; n < 3; n++) {
      const { outcome, message } = await outcomeOf(page, 'fault', { fault, afterMs: 20 });
      assert.equal(outcome, 'panicked');
      assert.match(message, sentence);
    }
    await works(page);
    assert.equal(await hosts(page), 1);
  });
}

test('every task blocked: the sentence says who waits for what', async (t) => {
  const page = await careless(t);
  // The bystander sleeps and wakes for ever: only Stop ends this.
  const { outcome } = await stopped(page, 'fault', { fault: 'blocked' });
  assert.equal(outcome, 'stopped');
  await works(page);
});

const OF_THE_MODULE = {
  trap: /unreachable/,
  memory: /unreachable|memory/i,
  stack: /stack|recursion|unreachable/i,
};

for (const [fault, cause] of Object.entries(OF_THE_MODULE)) {
  test(`${fault}: another host takes over, and what was recorded stays`, async (t) => {
    const page = await careless(t);
    const { outcome, message } = await outcomeOf(page, 'fault', { fault, afterMs: 300 });
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
  const page = await careless(t);
  const { outcome } = await outcomeOf(page, 'fault', { fault: 'outside', afterMs: 20 });
  assert.ok(outcome === 'completed' || outcome === 'Lost', outcome);
  await page.waitForFunction(() => window.hosts === 2);
  await works(page);
});

test('a panic in the host', async (t) => {
  const page = await careless(t);
  const { outcome, message } = await outcomeOf(page, 'fault', { fault: 'host' });
  assert.equal(outcome, 'Lost');
  assert.match(message, /the host failed because it was asked to/);
  await works(page);
  assert.equal(await hosts(page), 2);
});

test('a host that stops answering is noticed by its heartbeat', async (t) => {
  const page = await careless(t);
  const { outcome, message } = await outcomeOf(page, 'fault', { fault: 'silence' });
  assert.equal(outcome, 'Lost');
  assert.match(message, /has not answered for 5 seconds/);
  await works(page);
  assert.equal(await hosts(page), 2);
});

test('a second fault in a row leaves it to the reader to try again', async (t) => {
  const page = await careless(t);
  for (const count of [2, 2]) {
    const { outcome } = await outcomeOf(page, 'fault', { fault: 'trap', afterMs: 20 });
    assert.equal(outcome, 'Lost');
    assert.equal(await hosts(page), count);
    if (count === 2) await page.waitForTimeout(0);
  }
  await button(page, 'Try again').click();
  await works(page);
  assert.equal(await hosts(page), 3);
});

// ---- Starting ------------------------------------------------------------------------------

test('a pool worker that does not load: a sentence within the limit, then the page works', async (t) => {
  let broken = true;
  const page = await open(t, '', {}, {
    errors: true,
    ready: false,
    before: (page) => page.context().route('**/workerHelpers*', (route) => (broken ? route.abort() : route.continue())),
  });
  await page.getByText(/could not be started|did not start|did not load/).first().waitFor({ timeout: 30_000 });
  broken = false;
  const again = button(page, 'Try again');
  const ready = page.evaluate(() => window.manyhands.ready);
  await Promise.race([ready, again.waitFor().then(() => again.click())]);
  await ready;
  await works(page);
});

test('a module that is not there: a sentence that says what to do', async (t) => {
  const page = await open(t, '', {}, {
    errors: true,
    ready: false,
    before: (page) => page.context().route('**/manyhands_bg.wasm', (route) => route.fulfill({ status: 404, body: '' })),
  });
  await button(page, 'Try again').waitFor({ timeout: 30_000 });
  assert.match(await page.locator('#lost-sentence').innerText(), /\S.*\./);
});

// ---- A page that nobody sees ---------------------------------------------------------------

test('a run whose page was hidden is marked, and not compared', async (t) => {
  const page = await careless(t, '#/kitchen?dishes=2&chopMs=5&boilMs=100');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => window.away ?? false });
  });
  await button(page, 'Run and compare').click();
  await enabled(page, 'Stop');
  await page.evaluate(() => {
    window.away = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForTimeout(50);
  await idle(page);
  assert.match(await page.locator('main').innerText(), /was hidden for a while.*not compared/);
  assert.equal(await page.locator('.step.found').count(), 0, 'nothing is concluded');
});

test('a page that was frozen works again', async (t) => {
  const page = await careless(t);
  const client = await page.context().newCDPSession(page);
  const report = page.evaluate(() => window.manyhands.run('greeters', { times: 1, mainWaitsMs: 1500 })
    .then(({ outcome, hidden }) => ({ outcome, hidden })));
  await page.waitForTimeout(300);
  await client.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await client.send('Page.setWebLifecycleState', { state: 'active' });
  const { outcome, hidden } = await report;
  assert.equal(outcome, 'completed');
  assert.equal(hidden, true);
  await works(page);
});

test('a run over which the clock jumped is marked', async (t) => {
  const page = await careless(t);
  const paused = await page.evaluate(async () => {
    const run = window.manyhands.run('greeters', { times: 1, mainWaitsMs: 1500 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const real = Date.now;
    Date.now = () => real() + 3_600_000; // as after an hour of the machine's sleep
    return (await run).pausedMs;
  });
  assert.ok(paused > 3_500_000 && paused < 3_700_000, `${paused}`);
  await works(page);
});
