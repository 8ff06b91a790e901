// Runs of hand-written guests (tests/guests), in any browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { verify } from './report-invariants.js';

/** @type {Record<string, string>} the modules of tests/guests, as hexadecimal digits */
const MODULES = JSON.parse(readFileSync(new URL('../../tools/guests.json', import.meta.url), 'utf8'));

/** The lines that the guests name by their numbers. */
const LINES = [1, 2, 3, 4, 5].map((line) => `prog.go:${line}`).join('\n');

/**
 * Returns the parameters of the program "guest" for one of the modules.
 * @param {string} name
 * @param {number} first    what the guest's main gets
 * @param {number} second
 */
export const guest = (name, first, second) => ({ module: MODULES[name], lines: LINES, first, second });

/**
 * Runs a guest, and returns the report.
 * @param {any} page   a page of either browser
 * @param {ReturnType<typeof guest>} params
 * @param {number} processors
 */
const runGuest = (page, params, processors) =>
  page.evaluate(({ params, options }) => window.manyhands.run('guest', params, options), {
    params,
    options: { processors },
  });

/**
 * Returns the answer of the guest "matrix" with one goroutine.
 * @param {number} n   the number of rows and of columns
 */
function matrixSum(n) {
  let sum = 0;
  for (let cell = 0; cell < n * n; cell++) {
    const [row, column] = [Math.floor(cell / n), cell % n];
    for (let k = 0; k < n; k++) sum += ((row * n + k) % 10) * ((k * n + column) % 7) * ((cell % 3) + 1);
  }
  return sum;
}

/**
 * Runs each guest that ends well.
 * @param {any} page
 * @param {number} processors
 */
export async function guestsAnswer(page, processors) {
  for (const [params, answer] of /** @type {const} */ ([
    [guest('yields', 10, 1000), 10_000],
    [guest('ping_pong', 2000, 0), 4000],
    [guest('blocked', 1000, 0), 1000],
    [guest('computes', 4, 20_000), 80_000_000],
    [guest('sleeps', 3, 2), 3],
    [guest('collects', 4, 64), 256],
    [guest('counting', 50_000_000, 4), (50_000_000 * 49_999_999) / 2],
    [guest('fib', 27, 4), 4 * 196_418],
    [guest('recursion', 1_000_000, 1), (1_000_000 * 1_000_001) / 2],
    [guest('recursion', 100_000, 4), 4 * ((25_000 * 25_001) / 2)],
    [guest('sieve', 1_000_000, 4), 4 * 78_498],
    [guest('matrix', 100, 4), 4 * matrixSum(100)],
    [guest('mutex', 500, 8), 4 * 500 * 8],
  ])) {
    const report = await runGuest(page, params, processors);
    assert.equal(report.outcome, 'completed', report.message);
    assert.deepEqual(report.answer, { answer });
    verify(report);
    if (params.module === MODULES.ping_pong) hasLines(report);
  }
  const { outcome, answer } = await runGuest(page, guest('exits', 0, 3), processors);
  assert.deepEqual([outcome, answer], ['exited', { answer: 0, exitCode: 3 }]);
  const { output, message } = await runGuest(page, guest('prints', 1, 7), processors);
  const chunks = output.map(({ task, stream, text }) => [task, stream, text]);
  assert.deepEqual(chunks, [
    [0, 1, 'Many Hands. '],
    [0, 1, 'ä\n'],
    [0, 2, '1 error\n'],
  ]);
  assert.equal(message, 'panic: it ends\n');
  const found = await runGuest(page, guest('requests', 0, 0), processors);
  assert.equal(Math.floor(found.answer.answer / 2 ** 32), 200);
  assert.ok(found.answer.answer % 2 ** 32 > 1000, 'the page has more than 1000 bytes');
  const nobody = await runGuest(page, guest('requests', 1, 0), processors);
  assert.deepEqual(nobody.answer, { answer: 0 });
  assert.match(nobody.output[0].text, /^http:\/\/127\.0\.0\.1:1\/ gave no answer: /);
}

/** Checks that each wait to send or to receive, and each operation, has one of the guest's lines. */
function hasLines({ places, states, channelEvents }) {
  const line = (place) => (places[place].file === 'prog.go' ? places[place].line : undefined);
  const reasons = [...states.reason];
  const waits = reasons.flatMap((reason, row) => (['send', 'receive'].includes(reason) ? [row] : []));
  assert.ok(waits.length > 0);
  for (const row of waits) assert.ok([2, 3, 4, 5].includes(line(states.place[row])));
  for (const place of channelEvents.place) assert.ok([2, 3, 4, 5].includes(line(place)));
}

const SENTENCES = [
  'it reached code that must never be reached',
  'it accessed memory outside its own',
  'it divided an integer by zero',
  'it called a function that is missing or has another signature',
  'it called a function that is missing or has another signature',
  'its calls are nested too deeply',
];

/**
 * Runs guests that trap, and after each of them a guest that ends well.
 * @param {any} page
 * @param {number} times
 * @param {number} processors
 */
export async function guestsTrap(page, times, processors) {
  for (let n = 0; n < times; n++) {
    const kind = n % SENTENCES.length;
    const { outcome, message } = await runGuest(page, guest('traps', kind, 0), processors);
    assert.equal(outcome, 'fatal');
    const expected = `^Task “goroutine 1” failed: ${SENTENCES[kind]}, at byte 0x[0-9a-f]+ of its module\\.$`;
    assert.match(message, new RegExp(expected));
    const { answer } = await runGuest(page, guest('yields', 3, 10), processors);
    assert.deepEqual(answer, { answer: 30 });
  }
}
