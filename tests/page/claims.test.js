// The predicates that measure each lesson's claims. Every suggestion has a predicate. A predicate
// holds for a made-up run that shows the claim, and it fails for a made-up run that does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LESSONS } from '../../www/course/lessons/index.js';
import { CLAIMS } from '../measure/claims.js';

/**
 * Returns a made-up report in the form that scripts get.
 *
 * @param {number} wallMs
 * @param {{processors?: number, at?: number, [fact: string]: any}} [facts]
 */
function lane(wallMs, { processors = 1, at = processors, ...facts } = {}) {
  return {
    wallMs,
    busyMs: wallMs,
    processors,
    params: {},
    answer: {},
    observed: {},
    parallelism: { max: at, mean: at },
    concurrency: { max: 2, mean: 2 },
    states: { state: [], reason: [] },
    channelEvents: { channel: [], kind: [], atMs: [] },
    tasks: { name: ['main'], createdMs: [0], firstRunMs: [0], endedMs: [wallMs] },
    ...facts,
  };
}

/**
 * Returns three lanes with these times. All lanes have `facts`. The last lane is on two processors,
 * and also has `many`.
 */
const lanes = (sequential, concurrent, parallel, facts = {}, many = {}) => ({
  sequential: lane(sequential, facts),
  concurrent: lane(concurrent, facts),
  parallel: lane(parallel, { processors: 2, ...facts, ...many }),
});

/** Returns two lanes, for lessons without a sequential lane. */
const two = (concurrent, parallel, facts = {}, many = {}) => {
  const { sequential, ...others } = lanes(concurrent, concurrent, parallel, facts, many);
  return others;
};

/** Returns four runs. Each of `times` is a run's [waitMs, computeMs]. */
const four = (...times) =>
  Object.fromEntries(
    ['sequential', 'concurrent', 'parallel', 'sequentialAll'].map((slot, i) => [
      slot,
      lane(100, { observed: { waitMs: times[i][0], computeMs: times[i][1] } }),
    ]),
  );

/** Returns the events of one channel. Values are sent and received at these times, in ms. */
const over = (sent, received) => ({
  channel: [...sent, ...received].map(() => 0),
  kind: [...sent.map(() => 'send'), ...received.map(() => 'receive')],
  atMs: [...sent, ...received],
});

const TALKED = { channelEvents: over([1, 2], [1, 2]), states: { state: ['blocked'], reason: ['receive'] } };
const LATE = { ...TALKED, channelEvents: over([1, 5], [1, 2]) };
const said = (unsaid, ...counts) => ({
  observed: { unsaid },
  answer: { said: Object.fromEntries(counts.map((count, i) => [`word ${i}`, count])) },
});
const sums = (...arrival) => ({ ...TALKED, answer: { total: 12 }, observed: { arrival } });
const counted = (lost, isolated = [5, 5]) => ({
  params: { workers: 2, increments: 5 },
  answer: { isolated, sharedAtomic: 10 },
  observed: { lost, copyMs: 9, shareMs: 1 },
});
const took = (...perRequestMs) => ({
  observed: { perRequestMs },
  concurrency: { max: perRequestMs.length + 1, mean: 2 },
});
const jobs = (work, busyMs, by = [1, 1, 2, 2, 3, 3]) => ({
  busyMs,
  params: { work, jobs: 6, jobMs: 100 },
  observed: { workerOfJob: by },
});
const squares = (...arrival) => ({ ...TALKED, observed: { arrival } });
const ends = (generator, squarer) => ({
  tasks: {
    name: ['main', 'generator', 'squarer 1'],
    createdMs: [0, 0, 0],
    firstRunMs: [0, 0, 0],
    endedMs: [90, generator, squarer],
  },
});
const first = (ms) => ({
  tasks: { name: ['main', 'counter 1'], createdMs: [0, 0], firstRunMs: [0, ms], endedMs: [100, 100] },
});
const same = { answer: { checksum: 7 } };

/** For each claim, a made-up run that shows the claim, and a made-up run that does not. */
const RUNS = {
  kitchen: {
    '': [lanes(960, 420, 300), lanes(960, 420, 415)],
    'A single dish': [lanes(240, 241, 240), lanes(240, 120, 120)],
    'No boiling': [lanes(800, 801, 410), lanes(800, 801, 790)],
    'No chopping': [lanes(720, 181, 182), lanes(720, 181, 90)],
    'Ten dishes': [lanes(1400, 500, 300), lanes(1400, 500, 450)],
  },
  greeters: {
    '': [lanes(1350, 600, 601, said(0)), lanes(1350, 600, 601, said(1))],
    'Main waits 250 ms': [
      { sequential: lane(900, said(0)), concurrent: lane(250, said(1)), parallel: lane(250, said(1)) },
      lanes(900, 250, 250, said(0)),
    ],
    'Main waits 50 ms': [lanes(900, 50, 50, said(4, 1, 1)), lanes(900, 50, 50, said(3, 2, 1))],
    '10 greeters': [
      lanes(1100, 200, 201, { ...said(0), concurrency: { max: 11, mean: 9 } }),
      lanes(1100, 200, 201, { ...said(0), concurrency: { max: 2, mean: 2 } }),
    ],
  },
  counters: {
    '': [lanes(800, 801, 420), lanes(800, 801, 780)],
    '1 counter': [two(800, 801, {}, { at: 1 }), two(800, 420)],
    'Time slice 0': [lanes(800, 801, 420, first(600)), lanes(800, 801, 420, first(30))],
    'Main counts half alone': [two(800, 600), two(800, 300)],
    '3 counters': [two(800, 540, {}, { parallelism: { max: 2, mean: 1.5 } }), two(800, 790)],
  },
  quadrants: {
    '': [four([240, 240], [60, 240], [60, 120], [240, 240]), four([240, 240], [60, 240], [60, 240], [240, 240])],
    'One task': [four([60, 60], [60, 60], [60, 60], [60, 60]), four([60, 60], [60, 60], [60, 30], [60, 60])],
    '6 tasks': [four([360, 360], [60, 360], [60, 180], [360, 360]), four([360, 360], [60, 360], [60, 180], [360, 180])],
  },
  sum: {
    '': [two(45, 30, sums(0, 1), sums(1, 0)), two(45, 30, sums(0, 1))],
    'Another seed': [two(45, 30, sums(1, 0)), two(45, 30, { ...sums(1, 0), ...LATE })],
    '8 parts': [
      two(45, 30, sums(0, 1, 2, 3, 4, 5, 6, 7), sums(1, 0, 2, 3, 4, 5, 6, 7)),
      two(45, 30, sums(0, 1, 2, 3, 4, 5, 6, 7)),
    ],
    'A channel that can hold values': [
      two(45, 30, sums(0, 1)),
      two(45, 30, { ...sums(0, 1), states: { state: ['blocked'], reason: ['send'] } }),
    ],
  },
  spaces: {
    '': [two(90, 80, counted(0), counted(3)), two(90, 80, counted(0))],
    'Only atomic': [two(90, 80, counted(0)), two(90, 80, counted(0), counted(1))],
    '1 worker': [two(90, 80, counted(0)), two(90, 80, counted(0, [5, 4]))],
    '8 times as much data': [
      two(90, 80, counted(0)),
      two(90, 80, { ...counted(0), observed: { lost: 0, copyMs: 1, shareMs: 2 } }),
    ],
  },
  fetch: {
    '': [lanes(1240, 160, 161, took(155, 155, 155)), lanes(1240, 160, 90, took(155, 155, 155))],
    '1 request': [lanes(155, 156, 157, took(155)), lanes(155, 100, 157, took(155))],
    '12 requests': [
      lanes(1260, 110, 111, took(...Array(12).fill(105))),
      lanes(1260, 700, 705, took(...Array(12).fill(105))),
    ],
    'Different delays': [lanes(1240, 250, 251, took(60, 160, 245)), lanes(1240, 250, 251, took(245, 245, 245))],
  },
  images: {
    '': [lanes(200, 201, 110), lanes(200, 201, 195)],
    '1 image': [two(200, 202, {}, { at: 1 }), two(200, 110)],
    '1 image in 4 parts': [two(200, 130), two(200, 199)],
    'Larger radius': [lanes(600, 601, 320), lanes(600, 601, 590)],
  },
  pool: {
    '': [two(400, 300, jobs('both', 300)), two(600, 590, jobs('both', 300))],
    'Jobs that only compute': [two(600, 310, jobs('compute', 600)), two(600, 595, jobs('compute', 600))],
    'Jobs that only wait': [two(200, 201, jobs('wait', 1)), two(600, 601, jobs('wait', 1))],
    '1 worker': [two(600, 600, jobs('both', 300), { at: 1 }), two(600, 400, jobs('both', 300))],
    '12 short jobs': [two(400, 300, jobs('both', 300)), two(400, 300, jobs('both', 300, [1, 1, 1, 1, 2, 3]))],
    'A channel without room': [
      two(400, 300, { ...TALKED, states: { state: ['blocked'], reason: ['send'] } }),
      two(400, 300, TALKED),
    ],
  },
  pipeline: {
    '': [two(280, 150, squares(9, 4, 16)), two(280, 150, squares(4, 9, 16))],
    '1 squarer': [two(280, 281, squares(4, 9, 16)), two(280, 150, squares(4, 9, 16))],
    '5 squarers': [two(280, 150), two(280, 275)],
    'Channels with room': [two(280, 150, ends(1, 90)), two(280, 150, ends(80, 90))],
  },
  mandelbrot: {
    '': [two(500, 260, same), two(500, 260, same, { answer: { checksum: 8 } })],
    '12 rows': [two(300, 160), two(300, 295)],
    '1 row': [two(90, 91, {}, { at: 1 }), two(90, 50)],
    'Twice the steps': [two(900, 470), two(900, 880)],
  },
};

test('every lesson has one claim for its defaults and one for each suggestion', () => {
  const wanted = Object.entries(LESSONS).flatMap(([lesson, { next }]) =>
    ['', ...next.map(({ label }) => label)].map((label) => `${lesson}: ${label}`),
  );
  assert.deepEqual(
    CLAIMS.map(({ lesson, suggestion }) => `${lesson}: ${suggestion}`),
    wanted,
  );
});

for (const { lesson, suggestion, sentence, holds } of CLAIMS) {
  test(`${lesson}, ${suggestion || 'defaults'}: ${sentence}`, () => {
    const [shows, fails] = RUNS[lesson][suggestion];
    assert.equal(holds(shows), true, 'a run that shows it');
    assert.equal(holds(fails), false, 'a run that does not');
  });
}
