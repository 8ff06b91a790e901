// A timeline shows the tasks, the processors and the channels that the columns of a run contain.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_PLACE, NONE, REASONS, STATES } from '../../www/common/messages.js';
import { trafficOf } from '../../www/timeline/index/channels.js';
import { describe } from '../../www/timeline/words/describe.js';
import { momentIn, momentOf } from '../../www/timeline/index/moment.js';
import { planRows, RowList } from '../../www/timeline/layout/rows.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { LiveTimeline } from '../../www/timeline/index/timeline.js';
import { taskStateAt } from '../../www/replay/replay.js';
import { randomRun } from './random-run.js';
import { step } from './step.js';

/** @typedef {import('../../www/common/messages.js').SentReport} SentReport */
/** @typedef {import('../../www/common/messages.js').States} States */

/**
 * Yields random runs on one to four processors with one to seven tasks, each with its seed.
 *
 * @returns {Generator<[number, SentReport]>}
 */
function* runs() {
  for (let seed = 1; seed <= 24; seed++) {
    yield [seed, randomRun({ seed, spans: 300, tasks: 1 + (seed % 7), processors: 1 + (seed % 4) })];
  }
}

/**
 * Returns the rows of `states` as objects.
 *
 * @param {States} states
 * @returns {Record<keyof States, number>[]}
 */
const rowsOf = (states) =>
  Array.from(
    states.task,
    (_, row) =>
      /** @type {any} */ (Object.fromEntries(Object.entries(states).map(([name, column]) => [name, column[row]]))),
  );

/**
 * Returns a list of rows as columns.
 *
 * @param {Record<keyof States, number>[]} rows
 * @param {States} like   columns with the array types of the result
 * @returns {States}
 */
const columnsOf = (rows, like) => {
  /** @type {[string, any][]} */
  const columns = Object.entries(like);
  return /** @type {any} */ (
    Object.fromEntries(columns.map(([name, column]) => [name, column.constructor.from(rows, (row) => row[name])]))
  );
};

const wordOf = (reason) => (reason === NONE ? '' : REASONS[reason]);

/** Returns the facts of a state that parts of the timeline show. */
const factsOf = ({ state, reason, channel, place, processor, startMs, endMs }) => {
  const blocked = STATES[state] === 'blocked';
  return {
    state: STATES[state],
    reason: blocked ? reason : NONE,
    channel: blocked ? channel : -1,
    place,
    processor,
    startMs,
    endMs,
  };
};

test('each interval is in the row of its task, with the processor and the channel of its column', () => {
  let onChannels = 0;
  for (const [seed, report] of runs()) {
    const index = atOnce(indexOf(report));
    const { tasks, processors } = index;
    const rows = rowsOf(report.states);
    assert.equal(tasks.order.length, rows.length);
    for (let task = 0; task < tasks.rows; task++) {
      for (let i = tasks.offset[task]; i < tasks.offset[task + 1]; i++) {
        const row = rows[tasks.order[i]];
        assert.equal(row.task, task);
        assert.equal(tasks.processor[i], row.processor < 0 ? NONE : row.processor);
        const middle = (row.startMs + row.endMs) / 2;
        if (middle < row.endMs) {
          assert.deepEqual(momentIn(index, task, middle), factsOf(row), `seed ${seed}`);
          const { state, processor } = row;
          assert.deepEqual(taskStateAt(index, task, middle), { state, reason: factsOf(row).reason, processor });
        }
        const said = describe(index, i, wordOf, ['processor', 'processors'])
          .rows.map(([, text]) => text)
          .join('; ');
        assert.equal(/channel (\d+)/.exec(said)?.[1], row.channel < 0 ? undefined : String(row.channel + 1), said);
        assert.equal(
          /on processor (\d+)/.exec(said)?.[1],
          row.processor < 0 ? undefined : String(row.processor + 1),
          said,
        );
        if (row.channel >= 0) onChannels++;
      }
    }
    for (let p = 0; p < processors.rows; p++) {
      const own = rows.filter(({ processor }) => processor === p);
      assert.deepEqual(
        Array.from(processors.order.subarray(processors.offset[p], processors.offset[p + 1]), (row) => rows[row]),
        own,
      );
    }
  }
  assert.ok(onChannels > 500, `${onChannels} states on channels are too few to show anything`);
});

test('the blocked time of each channel is that of the states, to the last bit', () => {
  let waited = 0;
  for (const [seed, report] of runs()) {
    const { channels } = atOnce(trafficOf(atOnce(indexOf(report))));
    const rows = rowsOf(report.states).filter(({ state, channel }) => STATES[state] === 'blocked' && channel >= 0);
    const named = new Set([...report.channelEvents.channel, ...rows.map(({ channel }) => channel)]);
    assert.deepEqual(
      channels.map(({ id }) => id),
      [...named].sort((a, b) => a - b),
      'each channel that is named anywhere',
    );
    for (const { id, senders, receivers } of channels) {
      for (const { word, ms, level } of [
        { word: 'send', ...senders },
        { word: 'receive', ...receivers },
      ]) {
        const own = rows.filter(({ channel, reason }) => channel === id && REASONS[reason] === word);
        assert.equal(
          ms,
          own.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs), 0),
          `seed ${seed}`,
        );
        const integral = level.value.reduce((sum, value, i) => sum + value * (level.until(i) - level.atMs[i]), 0);
        // The times of drawn levels are rounded to ticks. The whole run has about 2^32 ticks.
        const tick = report.wallMs / 2 ** 32;
        assert.ok(Math.abs(integral - ms) <= own.length * 2 * tick, `drawn: ${integral}, not ${ms}`);
        for (const { startMs, endMs } of own) {
          const middle = (startMs + endMs) / 2;
          const borders = own.flatMap((other) => [other.startMs, other.endMs]);
          if (borders.some((border) => Math.abs(border - middle) <= tick)) continue;
          const inside = own.filter((other) => other.startMs <= middle && middle < other.endMs).length;
          assert.equal(level.valueAt(middle), inside);
        }
        waited += own.length;
      }
    }
  }
  assert.ok(waited > 200, `${waited} waits are too few to show anything`);
});

test('while a run goes on it is the same, and so it is for what is still open', () => {
  for (const [seed, report] of runs()) {
    if (seed > 8) break;
    const rows = rowsOf(report.states).sort((a, b) => a.endMs - b.endMs);
    const cut = report.wallMs / 2;
    const [closed, open] = [
      rows.filter(({ endMs }) => endMs <= cut),
      rows.filter(({ startMs, endMs }) => startMs < cut && cut < endMs),
    ];
    const timeline = new LiveTimeline(report.processors);
    const half = closed.length >> 1;
    for (const part of [closed.slice(0, half), closed.slice(half)]) {
      timeline.add({ ...step({}), states: columnsOf(part, report.states), open: columnsOf(open, report.states) }, cut);
    }
    for (const row of closed) {
      const middle = (row.startMs + row.endMs) / 2;
      if (middle < row.endMs) assert.deepEqual(momentOf(timeline, row.task, middle), factsOf(row));
    }
    for (const row of open)
      assert.deepEqual(momentOf(timeline, row.task, cut), {
        ...factsOf(row),
        place: NO_PLACE,
        endMs: null,
      });
  }
});

test('a task of which nothing was kept has a row of its own, and all others keep theirs', () => {
  const report = randomRun({ seed: 3, spans: 200, tasks: 6 });
  const lost = 2;
  report.states = columnsOf(
    rowsOf(report.states).filter(({ task }) => task !== lost),
    report.states,
  );
  report.tasks.createdMs[lost] = NaN;
  const index = atOnce(indexOf(report));
  assert.equal(index.tasks.rows, 6);
  for (let task = 0; task < 6; task++) {
    const own = rowsOf(report.states).filter((row) => row.task === task);
    assert.equal(index.tasks.offset[task + 1] - index.tasks.offset[task], own.length);
    if (task === lost) assert.equal(momentIn(index, task, report.wallMs / 2), null);
    else assert.deepEqual(momentIn(index, task, own[0].startMs), factsOf(own[0]));
  }
  assert.equal(describe(index, index.tasks.offset[5], wordOf, ['processor', 'processors']).name, 'task 5');
});

test('a task that comes before one of a smaller id has the row of its own id', () => {
  const timeline = new LiveTimeline(1);
  timeline.add(step({ ids: [0, 3], names: ['main', 'rice'] }), 1);
  assert.deepEqual(timeline.names, ['main', '', '', 'rice']);
  const rows = new RowList(
    planRows([timeline.groups], { find: 'rice', only: null, opened: new Set() }),
    timeline.groups,
  );
  assert.deepEqual([rows.count, rows.taskAt(0)], [1, 3]);
  timeline.add(step({ ids: [2, 1], names: ['beans', 'soup'] }), 2);
  assert.deepEqual(timeline.names, ['main', 'soup', 'beans', 'rice']);
});
