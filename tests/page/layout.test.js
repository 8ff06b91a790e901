// The geometry of a lane's timeline. Its functions are pure, so these tests need no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_PLACE } from '../../www/common/messages.js';
import { heightOf, layoutOf, MOST_ROWS, rowAt, rowTop, STRIPS_AT_ONCE } from '../../www/timeline/layout/layout.js';
import { shortened } from '../../www/timeline/drawing/around.js';
import { momentOf } from '../../www/timeline/index/moment.js';
import { PixelShare } from '../../www/timeline/index/pixel-share.js';
import { growingEnd, ticks } from '../../www/timeline/layout/ticks.js';
import { TimeScale } from '../../www/timeline/layout/time-scale.js';
import { LiveTimeline } from '../../www/timeline/index/timeline.js';
import { step } from './step.js';

const TRIALS = 300;

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {number} actual @param {number} expected */
const near = (actual, expected, what = '') =>
  assert.ok(Math.abs(actual - expected) < 1e-6 * Math.max(1, Math.abs(expected)), `${what} ${actual}, not ${expected}`);

test('a time scale goes there and back, and keeps the order of times', () => {
  const next = random(1);
  for (let trial = 0; trial < TRIALS; trial++) {
    const start = next() * 1000;
    const scale = new TimeScale(start, start + 0.01 + next() * 5000, next() * 100, 10 + next() * 2000);
    const [a, b] = [start + next() * 5000, start + next() * 5000].sort((x, y) => x - y);
    near(scale.ms(scale.x(a)), a);
    assert.ok(scale.x(a) <= scale.x(b));
    near(scale.x(scale.endMs), scale.left + scale.width);
  }
  assert.throws(
    () => {
      new TimeScale(0, 1, 0, 1).left = 3;
    },
    TypeError,
    'it never changes',
  );
});

test('ticks lie on the axis, evenly, and not too near to each other', () => {
  const next = random(2);
  for (let trial = 0; trial < TRIALS; trial++) {
    const scale = new TimeScale(0, 10 ** (next() * 7 - 2), 50, 200 + next() * 1500);
    const marks = ticks(scale, 80);
    assert.ok(marks.length >= 1);
    for (const [i, ms] of marks.entries()) {
      assert.ok(ms >= 0 && ms <= scale.endMs * (1 + 1e-9));
      if (i > 0) assert.ok(scale.x(ms) - scale.x(marks[i - 1]) >= 80 * (1 - 1e-6));
      if (i > 1) near(ms - marks[i - 1], marks[1] - marks[0]);
    }
  }
});

test('a growing axis holds what was seen, wastes little, and rarely changes', () => {
  const ends = new Set();
  for (let ms = 1; ms <= 10_000; ms++) {
    const end = growingEnd(ms);
    assert.ok(end >= ms && end <= Math.max(1000, ms * 2.5), `${end} for ${ms}`);
    ends.add(end);
  }
  assert.ok(ends.size <= 6, `${ends.size} different ends`);
});

test('rows of tasks and of groups lie apart, inside the timeline, above the strip, and are found again', () => {
  const next = random(5);
  for (let trial = 0; trial < TRIALS; trial++) {
    const rows = 1 + Math.floor(next() * 400);
    const groupRows = Array.from({ length: Math.min(rows, MOST_ROWS) }, (_, row) => row).filter(
      () => next() < 4 / rows,
    );
    const processors = [1, 2, 8, 64][trial % 4];
    const layout = layoutOf({ rows, groupRows, processors, narrow: trial % 2 === 0, eachProcessor: trial % 3 === 0 });
    assert.equal(layout.rows, Math.min(rows, MOST_ROWS));
    assert.ok(layout.top + layout.body < layout.stripTop);
    assert.ok(layout.stripTop + layout.stripHeight <= layout.height);
    assert.ok(layout.stripHeight >= layout.processors * layout.stripPitch);
    assert.equal(layout.together, processors > STRIPS_AT_ONCE && trial % 3 !== 0 ? processors : 0);
    let end = layout.top;
    for (let row = 0; row < layout.rows; row++) {
      const top = rowTop(layout, row);
      assert.ok(top > end, `row ${row}`);
      end = top + heightOf(layout, row);
      assert.equal(rowAt(layout, top), row);
      assert.equal(rowAt(layout, end - 0.01), row);
    }
    assert.ok(end < layout.top + layout.body);
    assert.equal(rowAt(layout, layout.stripTop), -1);
  }
});

test('shares of pixels are what adding up pixel by pixel gives', () => {
  const next = random(3);
  for (let trial = 0; trial < TRIALS; trial++) {
    const width = 1 + Math.floor(next() * 40);
    const share = new PixelShare(width);
    const expected = new Float64Array(width);
    for (let n = 0; n < 20; n++) {
      const from = next() * (width + 4) - 2;
      const to = from + next() * (n % 2 ? 0.4 : width);
      share.add(from, to);
      for (let pixel = 0; pixel < width; pixel++) {
        expected[pixel] += Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
      }
    }
    const copy = share.copy();
    copy.add(0, width);
    share.shares().forEach((value, pixel) => near(value, expected[pixel], `pixel ${pixel}:`));
    copy.shares().forEach((value, pixel) => near(value, expected[pixel] + 1, `pixel ${pixel} of the copy:`));
  }
});

test('a timeline keeps columns in the order of their steps, and time never goes back', () => {
  const timeline = new LiveTimeline(2);
  timeline.add(step({ ids: [0, 1], names: ['main', 'soup'], turns: [[0, 0, 0, 2]] }), 5);
  timeline.add(
    step({
      ids: [2],
      names: ['rice'],
      turns: [
        [1, 1, 2, 6],
        [0, 2, 3, 4],
      ],
    }),
    9,
  );
  timeline.add(step({}), 8);
  assert.deepEqual(timeline.names, ['main', 'soup', 'rice']);
  assert.deepEqual(
    timeline.states.map(({ task }) => [...task]),
    [[0], [1, 2]],
    'an empty step adds nothing',
  );
  assert.equal(timeline.nowMs, 9);
  assert.equal(timeline.wallMs, null);
});

test('a moment is what was measured there, and nothing where nothing was', () => {
  const timeline = new LiveTimeline(1);
  timeline.add(
    step({
      ids: [0, 1],
      names: ['main', 'soup'],
      turns: [[0, 1, 2, 6]],
      others: [
        [1, 1, 255, -1, 0, 1, 2],
        [1, 2, 2, 3, -1, 6, 7],
      ],
      open: [[1, 2, 1, 5, -1, 7]],
    }),
    9,
  );
  assert.equal(momentOf(timeline, 1, 0.5), null, 'before it came to be');
  assert.deepEqual(momentOf(timeline, 1, 1.5), {
    state: 'ready',
    reason: 255,
    channel: -1,
    place: NO_PLACE,
    processor: -1,
    startMs: 1,
    endMs: 2,
  });
  assert.deepEqual(momentOf(timeline, 1, 3), {
    state: 'running',
    reason: 255,
    channel: -1,
    place: NO_PLACE,
    processor: 0,
    startMs: 2,
    endMs: 6,
  });
  assert.deepEqual(momentOf(timeline, 1, 6.5), {
    state: 'blocked',
    reason: 2,
    channel: 3,
    place: NO_PLACE,
    processor: -1,
    startMs: 6,
    endMs: 7,
  });
  assert.deepEqual(momentOf(timeline, 1, 7), {
    state: 'blocked',
    reason: 1,
    channel: 5,
    place: NO_PLACE,
    processor: -1,
    startMs: 7,
    endMs: null,
  });
  assert.equal(momentOf(timeline, 1, 9.5), null, 'later than was drained');
  assert.equal(momentOf(timeline, 0, 3), null);
});

test('names that are too long are told apart by their ends', () => {
  /** @type {any} the part of a context that `shortened` uses */
  const ink = { measureText: (text) => ({ width: 6.5 * text.length }) };
  const short = ['computes 1', 'computes 2', 'computes 13', 'isolated 4'].map((name) => shortened(ink, name, 50));
  assert.deepEqual(short, ['compu…1', 'compu…2', 'comp…13', 'isola…4']);
  for (const text of short) assert.ok(ink.measureText(text).width <= 50, text);
  assert.equal(shortened(ink, 'soup', 50), 'soup');
  assert.equal(shortened(ink, 'potatoes', 50), 'pota…es');
});
