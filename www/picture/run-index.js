/**
 * A run that has ended, ready to be looked at from near and far: its states by
 * task, its running states by processor, and how many tasks are in which state.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { STATES } from '../messages.js';
import { STRETCH } from './slices.js';
import { sortedTimes } from './sorted-times.js';
import { levelsOf, Steps } from './steps.js';
import { Tracks } from './tracks.js';

/**
 * @typedef {object} RunIndex
 * @property {SentReport} report
 * @property {Tracks} tasks          a row for each task: its states
 * @property {Tracks} processors     a row for each processor: the states in which it ran a task
 * @property {Steps[]} levels        how many tasks are in each state
 * @property {boolean} hasChannels   whether any channel was used or waited on
 * @property {import('./channels.js').Traffic | null} traffic   once somebody has asked for it
 */

/**
 * @param {SentReport} report
 * @returns {Generator<void, RunIndex, void>}
 */
export function* indexOf(report) {
  const { states, wallMs } = report;
  const tasks = yield* Tracks.of({ ...states, rows: report.tasks.name.length, row: states.task });
  const processors = yield* Tracks.of({ ...states, rows: report.processors, row: states.processor });
  yield* processors.sum(report.processors);
  yield* tasks.sum(report.processors);
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, state, wallMs));
  const hasChannels = report.channelEvents.channel.length > 0 || states.channel.some((channel) => channel >= 0);
  return { report, tasks, processors, levels, hasChannels, traffic: null };
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
