/**
 * A run that has ended, ready to be looked at from near and far: its states by
 * task, its spans by processor, and how many tasks are in which state.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { NONE, STATES } from '../messages.js';
import { levelsIn } from './group-levels.js';
import { STRETCH } from './slices.js';
import { Tracks } from './tracks.js';

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {object} RunIndex
 * @property {SentReport} report
 * @property {Tracks} tasks          a row for each task: its states
 * @property {Tracks} processors     a row for each processor: its spans
 * @property {import('./steps.js').Steps[]} levels   how many tasks are in each state
 * @property {Map<string, import('./group-levels.js').GroupSums>} groups   of groups of tasks, by key, once somebody has asked for them
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
  const all = Uint32Array.from({ length: tasks.rows }, (_, task) => task);
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, all, state, wallMs));
  return { report, tasks, processors, levels, groups: new Map(), traffic: null };
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
