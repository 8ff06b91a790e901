/**
 * A run that has ended, ready to be looked at from near and far: its states by
 * task, its spans by processor, and how many tasks are in which state.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { NONE, STATES } from '../messages.js';
import { STRETCH } from './slices.js';
import { sortedTimes } from './sorted-times.js';
import { levelsOf, Steps } from './steps.js';
import { Tracks } from './tracks.js';

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {object} RunIndex
 * @property {SentReport} report
 * @property {Tracks} tasks          a row for each task: its states
 * @property {Tracks} processors     a row for each processor: its spans
 * @property {Steps[]} levels        how many tasks are in each state
 * @property {import('./channels.js').Traffic | null} traffic   once somebody has asked for it
 */

/**
 * @param {SentReport} report
 * @returns {Generator<void, RunIndex, void>}
 */
export function* indexOf(report) {
  const { spans, states, wallMs } = report;
  const rows = report.tasks.name.length;
  const tasks = yield* Tracks.of({ rows, row: states.task, startMs: states.startMs, endMs: states.endMs, state: states.state });
  const processors = yield* Tracks.of({
    rows: report.processors, row: spans.processor, startMs: spans.startMs, endMs: spans.endMs, state: null,
  });
  for (let row = 0; row < processors.rows; row++) processors.processor.fill(row, processors.offset[row], processors.offset[row + 1]);
  yield* processors.sum(report.processors);
  yield* findProcessors(tasks, report, rows);
  yield* tasks.sum(report.processors);
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, state, wallMs));
  return { report, tasks, processors, levels, traffic: null };
}

/**
 * States don't say where a task ran, spans do.
 * @param {Tracks} tasks
 * @param {SentReport} report
 * @param {number} rows
 */
function* findProcessors(tasks, { spans }, rows) {
  const bySpan = yield* Tracks.of({ rows, row: spans.task, startMs: spans.startMs, endMs: spans.endMs, state: null });
  for (let row = 0; row < rows; row++) {
    let span = bySpan.offset[row];
    const last = bySpan.offset[row + 1];
    for (let i = tasks.offset[row]; i < tasks.offset[row + 1]; i++) {
      if (i % STRETCH === 0) yield;
      if (tasks.state[i] !== RUNNING) continue;
      // Its own span starts where it does; one that was not kept is passed over.
      while (span < last && bySpan.startMs[span] < tasks.startMs[i]) span++;
      if (span < last && bySpan.startMs[span] === tasks.startMs[i]) {
        tasks.processor[i] = Math.min(spans.processor[bySpan.order[span]], NONE);
        span++;
      }
    }
    if (row % STRETCH === 0) yield;
  }
}

/**
 * @param {Tracks} tasks
 * @param {number} state
 * @param {number} wallMs
 */
function* levelsIn(tasks, state, wallMs) {
  let count = 0;
  for (let i = 0; i < tasks.state.length; i++) {
    if (tasks.state[i] === state) count++;
    if (i % STRETCH === 0) yield;
  }
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let n = 0;
  for (let i = 0; i < tasks.state.length; i++) {
    if (tasks.state[i] === state) {
      starts[n] = tasks.startMs[i];
      ends[n++] = tasks.endMs[i];
    }
    if (i % STRETCH === 0) yield;
  }
  return yield* levelsOf(yield* sortedTimes(starts, wallMs), yield* sortedTimes(ends, wallMs), wallMs);
}
