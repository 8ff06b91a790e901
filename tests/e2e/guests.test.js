// Guests: modules that are not part of the site, whose goroutines run on the pool.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultPage, hosts, outcomeOf, works } from './fault-page.js';
import { guest, guestsAnswer, guestsTrap } from './guest-runs.js';
import { refusal, run, site } from './site.js';
import { stopRun, stopUnresponsive } from './stopping.js';

const { open } = await site();

/** Opens a page whose host executes guests, and which counts its hosts. */
async function guestPage(t) {
  const page = await faultPage(open, t);
  const { outcome } = await outcomeOf(page, 'guest', guest('yields', 1, 1));
  assert.equal(outcome, 'completed');
  assert.equal(await hosts(page), 2, 'the host for lessons executes no guests');
  assert.match(await page.locator('[role=status]').innerText(), /^Parallel [0-9.]+ ms\.$/);
  return page;
}

const STOPPED = ['stopped', 'The run was stopped.'];

test('goroutines of a guest run on one processor and on several', async (t) => {
  const page = await open(t);
  for (const processors of [1, 2, 8]) await guestsAnswer(page, processors);
  await works(page);
});

test('a trap ends the run with a sentence, 200 times, and the same host goes on', async (t) => {
  const page = await guestPage(t);
  for (const processors of [1, 2]) await guestsTrap(page, 100, processors);
  await works(page);
  assert.equal(await hosts(page), 2);
});

// Each of these runs records as many events as there is room for. So each gets a new host.
test('Stop ends a guest whose goroutines switch', async (t) => {
  for (const [processors, way] of /** @type {const} */ ([
    [1, 'word'],
    [2, 'message'],
  ])) {
    const page = await open(t);
    const { outcome, message } = await stopRun(page, 'guest', guest('yields', 4, 2 ** 31), { processors }, way);
    assert.deepEqual([outcome, message], STOPPED, way);
  }
});

test('Stop ends a guest whose goroutines compute and poll', async (t) => {
  const page = await guestPage(t);
  for (const processors of [1, 2]) {
    for (const way of /** @type {const} */ (['word', 'message'])) {
      const { outcome, message } = await stopRun(page, 'guest', guest('computes', 4, 2 ** 31), { processors }, way);
      assert.deepEqual([outcome, message], STOPPED, `${processors} ${way}`);
    }
  }
  assert.equal(await hosts(page), 2);
});

test('a guest that never looks up ends with its host', async (t) => {
  const page = await guestPage(t);
  const { outcome, message } = await stopUnresponsive(page, 'guest', guest('endless', 0, 0));
  assert.equal(outcome, 'stopped');
  assert.match(message, /did not answer to Stop.*workers have been ended/);
  await works(page);
  assert.equal(await hosts(page), 3);
});

/**
 * Runs three lessons on one processor with a seed, and returns the order of all that happened. The
 * values are such that the order does not depend on the clock.
 */
async function orders(page) {
  const lessons = /** @type {const} */ ([
    ['sum', { numbers: [7, 2, 8, -9, 4, 0], parts: 3 }],
    ['pipeline', { from: 2, to: 20, squarers: 3, workUs: 0 }],
    ['counters', { counters: 4, iterations: 1000, timeSliceMs: 0 }],
  ]);
  const all = [];
  for (const [lesson, params] of lessons) {
    const report = await run(page, lesson, params, { processors: 1, seed: 7 });
    const { spans, channelEvents, answer } = report;
    const { channel, kind, task, operation } = channelEvents;
    all.push({
      spans: [...spans.task],
      channelEvents: [channel, kind, task, operation].map((column) => [...column]),
      answer,
    });
  }
  return all;
}

test('a guest that writes over its whole memory, 20 times, harms no other run', async (t) => {
  const page = await guestPage(t);
  const before = await orders(page);
  for (let n = 0; n < 20; n++) {
    const byte = [1, 0x7f, 0xff][n % 3];
    const { outcome } = await outcomeOf(page, 'guest', guest('everywhere', byte, 4), { processors: 1 + (n % 2) });
    assert.equal(outcome, 'fatal');
    await works(page);
  }
  assert.deepEqual(await orders(page), before);
  assert.equal(await hosts(page), 2);
});

test('a module that cannot be a guest is refused in a sentence', async (t) => {
  const page = await open(t);
  const message = (module) => refusal(page, 'guest', { module }, { processors: 1 });
  assert.match(await message('0'), /^Module must be an even number of hexadecimal digits\.$/);
  assert.match(await message('00'), /^The module can't be started: .+\.$/);
  // An empty module.
  assert.match(await message('0061736d01000000'), /^The module can't be started: it does not import the memory .+\.$/);
  for (const [name, sentence] of /** @type {const} */ ([
    ['invalid', /^The module can't be started: .+\.$/],
    ['missing_import', /^The module can't be started: .+\.$/],
    ['own_memory', /^The module can't be started: it does not import the memory that it is given\.$/],
    ['large_memory', /^The module can't be started: .+\.$/],
    ['large_table', /^The module can't be started: .+\.$/],
    ['no_interrupt', /^The module's interrupt failed: .+\.$/],
    ['no_main', /^The module's main failed: .+\.$/],
    ['no_goroutine', /^The module's main gave no goroutine\.$/],
  ])) {
    assert.match(await message(guest(name, 1, 1).module), sentence, name);
  }
  await works(page);
});

test('a module that traps before its run, or has no function for turns, is refused in a sentence', async (t) => {
  const page = await guestPage(t);
  const unreachable = 'it reached code that must never be reached';
  for (const [name, expected] of [
    ['start_traps', "The module can't be started: unreachable"],
    ['interrupt_traps', `The module's interrupt failed: ${unreachable}.`],
    ['main_traps', `The module's main failed: ${unreachable}.`],
    ['no_turns', "The module can't be started: it has no function named turns."],
  ]) {
    const sentence = await refusal(page, 'guest', guest(name, 1, 1), { processors: 1 });
    assert.ok(sentence.startsWith(expected), `${name}: ${sentence}`);
    await works(page);
  }
  assert.equal(await hosts(page), 2);
});

test('a guest that fails before its first turn ends its run with a sentence', async (t) => {
  const page = await guestPage(t);
  for (const processors of [1, 2]) {
    for (const [name, sentence] of /** @type {const} */ ([
      ['turns_returns', /^Task “main” failed: its module returned in the middle of a turn\.$/],
      ['turns_traps', /^Task “main” failed: it reached code that must never be reached/],
      ['allocates', /^Task “goroutine \d” failed: it reached code that must never be reached/],
    ])) {
      const { outcome, message } = await outcomeOf(page, 'guest', guest(name, 64, 4), { processors });
      assert.equal(outcome, 'fatal', name);
      assert.match(message, sentence, name);
      await works(page);
    }
  }
  assert.equal(await hosts(page), 2);
});
