// The sentence about the same work on several processors, and the cases without this sentence.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameWork } from '../../www/lanes/same-work.js';

/**
 * Returns the part of a report that `sameWork` reads.
 *
 * @returns {any}
 */
const run = (busyMs, more = {}) => ({
  outcome: 'completed',
  busyMs,
  clockStepMs: 0.005,
  processors: 2,
  browserCores: 2,
  hidden: false,
  pausedMs: 0,
  ...more,
});

test('a difference is claimed where it is one', () => {
  assert.match(sameWork(run(100), run(130)), /took 1\.30 times as long as on one processor\. Cores that share/);
  assert.match(sameWork(run(100), run(80)), /took 20\.0 % less than on one processor/);
  assert.match(sameWork(run(100), run(104)), /as long as on one processor, within 5 %/);
});

test('and not where the runs are too short, whatever their ratio', () => {
  for (const [one, several] of [
    [0.1, 0.22],
    [0.1, 0.06],
    [3, 4.9],
    [0, 0],
  ]) {
    assert.match(sameWork(run(one), run(several)), /too short to tell/, `${one} and ${several} ms`);
  }
});

test('pauses that no page can see are not blamed on the cores', () => {
  assert.match(
    sameWork(run(100), run(300, { processors: 8 })),
    /3\.00 times .* With more processors than cores that counts pauses/,
  );
});

test('nothing is said of runs that are missing, hidden or cut short', () => {
  for (const [one, several] of [
    [null, run(1)],
    [run(1), null],
    [run(100, { hidden: true }), run(200)],
    [run(100), run(200, { outcome: 'stopped' })],
  ]) {
    assert.equal(sameWork(one, several), '');
  }
});
