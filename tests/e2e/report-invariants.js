// Conditions that every report must fulfil, on machines of any speed.

import assert from 'node:assert/strict';

const TABLES = ['tasks', 'spans', 'states', 'channelEvents'];

/** The rounding error in ms that is allowed for sums of floating-point times. */
const ROUNDING = 1e-6;

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/**
 * Returns the rows of a table whose columns have equal lengths.
 *
 * @param {Record<string, any[]>} table
 * @returns {any[]}
 */
export function rows(table) {
  const columns = Object.entries(table);
  const length = columns[0][1].length;
  return Array.from({ length }, (_, row) => Object.fromEntries(columns.map(([name, column]) => [name, column[row]])));
}

/**
 * @param {any[]} list
 * @param {(row: any) => any} key
 * @returns {Map<any, any[]>}
 */
export function groups(list, key) {
  const map = new Map();
  for (const row of list) {
    if (!map.has(key(row))) map.set(key(row), []);
    map.get(key(row)).push(row);
  }
  return map;
}

/** @param {any} report a report that `run` returns */
export function verify(report) {
  for (const name of TABLES) {
    const lengths = Object.values(report[name]).map((column) => column.length);
    assert.equal(new Set(lengths).size, 1, `columns of ${name} have lengths ${lengths}`);
  }
  assert.equal(report.eventsDropped, 0);
  processorsRunOneTask(report);
  tasksRunOnOneProcessor(report);
  timesAddUp(report);
  levelsAreBounded(report);
  receivesFollowSends(report);
}

function processorsRunOneTask(report) {
  for (const [processor, spans] of groups(rows(report.spans), (span) => span.processor)) {
    assert.ok(processor < report.processors, `there is no processor ${processor}`);
    spans.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
    for (const [index, span] of spans.entries()) {
      assert.ok(span.startMs >= 0 && span.endMs <= report.wallMs + ROUNDING, 'outside the run');
      assert.ok(span.startMs <= span.endMs, 'a span ends before it starts');
      if (index === 0) continue;
      assert.ok(
        spans[index - 1].endMs <= span.startMs + ROUNDING,
        `processor ${processor} is in two tasks at ${span.startMs} ms`,
      );
    }
  }
}

// The clocks of two processors differ by at most one step, so a task may seem to arrive one step
// too early.
function tasksRunOnOneProcessor(report) {
  for (const [task, spans] of groups(rows(report.spans), (span) => span.task)) {
    spans.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
    for (let index = 1; index < spans.length; index++) {
      assert.ok(
        spans[index - 1].endMs <= spans[index].startMs + report.clockStepMs + ROUNDING,
        `task ${task} is on two processors at ${spans[index].startMs} ms`,
      );
    }
  }
}

function timesAddUp(report) {
  const spans = rows(report.spans);
  const inside = sum(spans.map((span) => span.endMs - span.startMs));
  near(inside, report.busyMs, Math.max(report.busyMs / 100, report.clockStepMs), 'busyMs');
  near(sum(report.tasks.runningMs), inside, inside / 100 + report.clockStepMs, 'running');
  near(report.parallelism.mean, report.busyMs / report.wallMs, 0.01, 'parallelism.mean');
  for (const task of rows(report.tasks)) {
    const life = (task.endedMs ?? report.wallMs) - task.createdMs;
    const parts = task.runningMs + task.readyMs + task.blockedMs;
    near(parts, life, life / 100 + report.clockStepMs, `the life of task ${task.id}`);
  }
}

function levelsAreBounded(report) {
  const { concurrency, parallelism, processors, wallMs, clockStepMs } = report;
  assert.ok(parallelism.max >= 1 && parallelism.max <= processors, `max ${parallelism.max}`);
  const busiest = parallelism.max * wallMs + clockStepMs + ROUNDING;
  assert.ok(parallelism.mean * wallMs <= busiest, `mean ${parallelism.mean}`);
  assert.ok(concurrency.max >= 1 && concurrency.max <= report.tasks.id.length);
  assert.ok(concurrency.mean <= concurrency.max + ROUNDING);
}

// Operation numbers must be in exact order. Times may be wrong by one step of the clock.
function receivesFollowSends(report) {
  for (const [channel, events] of groups(rows(report.channelEvents), (event) => event.channel)) {
    events.sort((a, b) => a.operation - b.operation);
    assert.deepEqual(
      events.map((event) => event.operation),
      events.map((_, index) => index),
      `operations of channel ${channel} are counted without a gap`,
    );
    const sends = events.filter((event) => event.kind === 'send');
    const receives = events.filter((event) => event.kind === 'receive');
    assert.ok(receives.length <= sends.length, `channel ${channel} gave more than it got`);
    for (const [index, receive] of receives.entries()) {
      assert.ok(receive.operation > sends[index].operation, 'a receive before its send');
      assert.ok(
        receive.atMs >= sends[index].atMs - report.clockStepMs - ROUNDING,
        `a receive ${sends[index].atMs - receive.atMs} ms before its send`,
      );
    }
  }
}

/**
 * @param {number} actual
 * @param {number} expected
 * @param {number} tolerance
 * @param {string} what
 */
export function near(actual, expected, tolerance, what) {
  assert.ok(
    Math.abs(actual - expected) <= tolerance + ROUNDING,
    `${what}: ${actual} where ${expected} ± ${tolerance} is expected`,
  );
}
