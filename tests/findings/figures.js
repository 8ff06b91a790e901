// The figures of a run, computed only from the columns of the run's report.

import { rows } from '../e2e/report-invariants.js';

/**
 * @typedef {object} Figures
 * @property {string} program
 * @property {any} params
 * @property {string} structure
 * @property {number} processors
 * @property {number} browserCores
 * @property {string} outcome
 * @property {any} answer
 * @property {number} wallMs
 * @property {number} busyMs          the time inside tasks, summed over the processors
 * @property {number} someBusyMs      the time with at least one processor inside a task
 * @property {number[]} levelMs       the time with n processors inside tasks, at index n
 * @property {number} someReadyMs     the time with at least one ready task
 * @property {number} mostParallel
 * @property {number} mostConcurrent
 * @property {number} tasksBesidesMain
 * @property {number} leftWaiting     tasks ended by main's return while blocked or before a turn
 * @property {number} eventsDropped
 * @property {number} clockStepMs
 * @property {Losses} losses          summed over the processors
 * @property {number} gapMs           the time outside spans, summed over the processors
 * @property {number} gapReadyMs      the part of gapMs in which some task was ready
 * @property {number} afterLastMs     the part of gapMs after each processor's last span
 * @property {number} betweenMs       the part of gapMs after each processor's first span
 */

/**
 * @typedef {object} Losses
 * @property {number} insideMs
 * @property {number} schedulingMs
 * @property {number} idleMs
 * @property {number} tailMs
 */

/** @param {any} report @returns {Figures} */
export function figuresOf(report) {
  const { program, params, structure, processors, browserCores, outcome, answer } = report;
  const { wallMs, busyMs, eventsDropped, clockStepMs } = report;
  const spans = rows(report.spans).map(({ startMs, endMs }) => [startMs, endMs]);
  const ready = rows(report.states)
    .filter(({ state }) => state === 'ready')
    .map(({ startMs, endMs }) => [startMs, endMs]);
  const lives = rows(report.tasks).map(({ createdMs, endedMs }) => [createdMs, endedMs ?? wallMs]);
  const { timeAt: levelMs, most: mostParallel } = levels(spans);
  const someReady = union(ready);
  const gaps = gapsOf(report);
  return {
    program,
    params,
    structure,
    processors,
    browserCores,
    outcome,
    answer,
    wallMs,
    busyMs,
    eventsDropped,
    clockStepMs,
    levelMs,
    mostParallel,
    someBusyMs: length(union(spans)),
    someReadyMs: length(someReady),
    mostConcurrent: levels(lives).most,
    tasksBesidesMain: report.tasks.id.filter((id) => id !== 0).length,
    leftWaiting: leftWaiting(report),
    losses: total(report.losses),
    gapMs: length(gaps.all),
    gapReadyMs: gaps.all.map((gap) => overlap(gap, someReady)).reduce((a, b) => a + b, 0),
    afterLastMs: length(gaps.last),
    betweenMs: length(gaps.later),
  };
}

/**
 * Returns the time for which n intervals were open at once, by n, and the greatest n. Two intervals
 * do not overlap if one ends when the other begins.
 *
 * @param {number[][]} intervals
 */
function levels(intervals) {
  const edges = intervals.flatMap(([start, end]) =>
    end > start
      ? [
          [start, 1],
          [end, -1],
        ]
      : [],
  );
  edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const timeAt = [0];
  let [level, most, at] = [0, 0, 0];
  for (const [time, step] of edges) {
    timeAt[level] = (timeAt[level] ?? 0) + time - at;
    level += step;
    at = time;
    most = Math.max(most, level);
  }
  return { timeAt, most };
}

/** Returns the union of intervals, sorted and without overlap. @param {number[][]} intervals */
function union(intervals) {
  const merged = [];
  for (const [start, end] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** @param {number[][]} intervals */
const length = (intervals) => intervals.reduce((sum, [start, end]) => sum + end - start, 0);

/**
 * Returns the length of the part of an interval that other intervals cover. The others are sorted.
 * @param {number[]} one
 * @param {number[][]} others
 */
function overlap([start, end], others) {
  let [low, high] = [0, others.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (others[middle][1] <= start) low = middle + 1;
    else high = middle;
  }
  let sum = 0;
  for (; low < others.length && others[low][0] < end; low++) {
    sum += Math.min(end, others[low][1]) - Math.max(start, others[low][0]);
  }
  return sum;
}

/**
 * Returns the gaps in which a processor was inside no task. `all` has all gaps, `later` has the
 * gaps after the processor's first turn, and `last` has the gap after its last turn.
 */
function gapsOf({ spans, processors, wallMs }) {
  const [all, later, last] = [[], [], []];
  /** The end of each processor's latest turn so far. @type {(number | undefined)[]} */
  const ends = Array(processors).fill(undefined);
  const gap = (processor, until) => {
    const end = ends[processor];
    if (until <= (end ?? 0)) return;
    all.push([end ?? 0, until]);
    if (end !== undefined) later.push([end, until]);
  };
  const order = spans.startMs.map((_, row) => row).sort((a, b) => spans.startMs[a] - spans.startMs[b]);
  for (const row of order) {
    const processor = spans.processor[row];
    gap(processor, spans.startMs[row]);
    ends[processor] = Math.max(ends[processor] ?? 0, spans.endMs[row]);
  }
  for (const [processor, end] of ends.entries()) {
    gap(processor, wallMs);
    if (end !== undefined && end < wallMs) last.push([end, wallMs]);
  }
  return { all, later, last };
}

function leftWaiting({ tasks, states }) {
  const last = new Map();
  states.task.forEach((task, row) => {
    const before = last.get(task);
    if (before === undefined || states.startMs[row] >= states.startMs[before]) last.set(task, row);
  });
  return tasks.id.filter(
    (id, row) =>
      tasks.endedBy[row] === 'main returned' &&
      (tasks.firstRunMs[row] === null || states.state[last.get(id)] === 'blocked'),
  ).length;
}

function total(losses) {
  const sums = Object.entries(losses).map(([part, column]) => [part, column.reduce((a, b) => a + b, 0)]);
  return Object.fromEntries(sums);
}
