// The sentence that the page says after a press of "Run": times or medians, each with its lane.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presser } from '../../www/run/press.js';

/** @typedef {import('../../www/common/lanes.js').RunSlot} RunSlot */

/** @type {RunSlot[]} */
const THREE = ['sequential', 'concurrent', 'parallel'];
const completed = (wallMs) => ({ outcome: 'completed', wallMs });

/**
 * Returns the sentence after a press, and the runs that it requested. The runs give these reports.
 * @param {RunSlot[]} slots
 * @param {number} rounds
 * @param {object[]} reports
 * @param {object} [times]   the times of all runs with these values, by slot
 */
async function said(slots, rounds, reports, times = {}) {
  let status = '';
  let asked = [];
  /** @type {any} the part of the page that a press needs */
  const page = {
    program: () => ({ id: 'kitchen' }),
    runs: {
      busy: false,
      times,
      all: async (requests, ready) => {
        asked = requests;
        await ready();
        return reports;
      },
    },
    course: { imagesForRun: {}, prepare: async () => {}, begin() {}, judge: () => 'Judged.' },
    form: { values: {}, options: { processors: 2, seed: 1 }, refuse() {}, focusRefused() {} },
    check: async () => [],
    wait() {},
    begin() {},
    say: (sentence) => {
      status = sentence;
    },
  };
  await presser(page)(slots, rounds);
  return { status, asked };
}

test('one run of each lane: its time, under its own name', async () => {
  const { status } = await said(THREE, 1, [completed(900), completed(400), completed(300)]);
  assert.equal(status, 'Sequential 900 ms, Concurrent 400 ms and Parallel 300 ms. Judged.');
});

test('several runs: medians, and how many there were', async () => {
  const times = { sequential: { runs: 2, medianMs: 900 }, concurrent: { runs: 3, medianMs: 400 } };
  const { status, asked } = await said(
    ['sequential', 'concurrent'],
    3,
    [completed(900), { outcome: 'stopped', wallMs: 5 }],
    times,
  );
  assert.equal(
    status,
    'Medians of 2 to 3 runs: Sequential 900 ms and Concurrent 400 ms. The last run was stopped, and it is not counted. Judged.',
  );
  assert.deepEqual(
    asked.map(({ round }) => round.number),
    [1, 1, 2, 2, 3, 3],
  );
});

test('stopped before any lane ran twice: each time stands by the lane that took it', async () => {
  const times = Object.fromEntries(THREE.map((slot) => [slot, { runs: 1, medianMs: 1 }]));
  const { status } = await said(
    THREE,
    5,
    [completed(900), completed(400), completed(300), { outcome: 'stopped', wallMs: 20 }],
    times,
  );
  // Every second round is in reverse order, so the fourth run belongs to the Parallel lane.
  assert.match(status, /^Sequential 900 ms, Concurrent 400 ms, Parallel 300 ms and Parallel .*stopped/);
});

test('nothing ran', async () => {
  assert.equal((await said(THREE, 1, [])).status, 'Stopped before anything ran.');
});
