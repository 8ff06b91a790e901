// The runs that a sweep makes, and the positions in its chart.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf } from '../../www/scaling/chart.js';
import { orderOf, processorsOf, valuesFor } from '../../www/scaling/sweep.js';

test('a sweep goes from one to all, and beyond only on request', () => {
  assert.deepEqual(processorsOf(1, false), [1]);
  assert.deepEqual(processorsOf(2, false), [1, 2]);
  assert.deepEqual(processorsOf(2, true), [1, 2, 3, 4, 6, 8]);
  assert.deepEqual(processorsOf(9, false), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (let all = 1; all <= 64; all++) {
    const numbers = processorsOf(all, true);
    assert.ok(numbers.includes(1) && numbers.includes(all) && Math.max(...numbers) <= 64);
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
    );
    assert.equal(Math.max(...processorsOf(all, false)), all);
  }
});

test('repeats go up and down in turn', () => {
  assert.deepEqual(orderOf([1, 2, 3], 3), [1, 2, 3, 3, 2, 1, 1, 2, 3]);
});

test('the work grows by a parameter, from what is typed or from its default', () => {
  /** @type {any} the part of a parameter that `valuesFor` reads */
  const param = { name: 'jobs', default: 5 };
  assert.deepEqual(valuesFor({ jobs: 3, a: 1 }, param, 4), { jobs: 12, a: 1 });
  assert.deepEqual(valuesFor({ a: 1 }, param, 4), { jobs: 20, a: 1 });
  assert.deepEqual(valuesFor({ jobs: 3 }, null, 4), { jobs: 3 });
  assert.deepEqual(valuesFor({ jobs: 'many' }, param, 4), { jobs: 'many' }, 'for the host to refuse');
});

const point = (processors, speedup) => ({
  processors,
  medianMs: 100 / speedup,
  leastMs: 90 / speedup,
  mostMs: 110 / speedup,
  speedup,
  efficiency: speedup / processors,
  karpFlatt: null,
  oversubscribed: false,
});

test('all that is drawn lies inside the chart, and the ideal is a line', () => {
  for (const laws of [
    null,
    {
      serial: 0.1,
      serialError: 0.01,
      usl: { sigma: 0.1, kappa: 0.001 },
      predictions: [{ processors: 64, amdahl: 8, usl: 5 }],
      curve: [],
    },
  ]) {
    const scaling = { points: [point(1, 1), point(2, 1.8), point(4, 0.4)], laws, whyNot: null, growing: false };
    const { x, y, most } = frameOf(scaling);
    assert.equal(most, laws ? 64 : 4);
    for (const { processors, speedup } of scaling.points) {
      assert.ok(x(processors) >= 56 && x(processors) <= 616);
      assert.ok(y(speedup) >= 16 && y(speedup) <= 332, String(y(speedup)));
    }
    assert.ok(Math.abs(x(4) - x(2) - (x(2) - x(1))) < 1e-9);
    assert.ok(Math.abs(y(2) - y(1) - (y(4) - y(2))) < 1e-9);
  }
});
