// Repeated runs: their times, the order of their rounds, and how many repeats a host keeps.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import FACTS from '#shared-facts' with { type: 'json' };
import { titleOf } from '../../www/common/lanes.js';
import { MOST_REPEATS, roundsOf, timesOf } from '../../www/common/repeats.js';
import { timeRange } from '../../www/common/words.js';

const runs = (...walls) => walls.map((wallMs, i) => ({ id: i + 1, wallMs }));

test('repeated runs have a median and a spread', () => {
  assert.equal(timesOf([]), null);
  assert.deepEqual(timesOf(runs(420)), { runs: 1, medianMs: 420, leastMs: 420, mostMs: 420 });
  assert.deepEqual(timesOf(runs(431, 415, 420)), { runs: 3, medianMs: 420, leastMs: 415, mostMs: 431 });
  assert.deepEqual(timesOf(runs(430, 410)), { runs: 2, medianMs: 420, leastMs: 410, mostMs: 430 });
});

test('a spread names its unit once, unless there are two', () => {
  assert.equal(timeRange(415, 431), '415 to 431 ms');
  assert.equal(timeRange(420.1, 420.2), '420 ms');
  assert.equal(timeRange(9_900, 10_400), '9,900 ms to 10.4 s');
});

test('rounds are interleaved, and every second one is in reverse order', () => {
  assert.deepEqual(roundsOf(['a', 'b'], 1), [
    { slot: 'a', round: 1 },
    { slot: 'b', round: 1 },
  ]);
  assert.equal(
    roundsOf(['a', 'b', 'c'], 3)
      .map(({ slot, round }) => slot + round)
      .join(' '),
    'a1 b1 c1 c2 b2 a2 a3 b3 c3',
  );
});

test('a host keeps all repeats of four lanes', () => {
  assert.ok(MOST_REPEATS >= 5 && 4 * MOST_REPEATS <= FACTS.reportsKept);
});

test('a title is the term of the lessons and its meaning', () => {
  assert.equal(titleOf('sequential', 1, 2), 'Sequential: one after another');
  assert.equal(titleOf('concurrent', 1, 2), 'Concurrent: overlapping on 1 processor');
  assert.equal(titleOf('parallel', 2, 2), 'Parallel: overlapping on all processors');
  assert.equal(titleOf('parallel', 3, 8), 'Parallel: overlapping on 3 processors');
});
