/**
 * A run that has ended, indexed for drawing at any zoom: its states by task, its running states by
 * processor, and the number of tasks in each state.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 */
import { STATES } from '../../common/messages.js';
import { levelsIn } from './group-levels.js';
import { lineSums } from './lines.js';
import { Tracks } from './tracks.js';

/**
 * @typedef {object} RunIndex
 * @property {SentReport} report
 * @property {Tracks} tasks          a row for each task: its states
 * @property {Tracks} processors     a row for each processor: the running states on the processor
 * @property {import('./steps.js').Steps[]} levels   by state: number of tasks in the state
 * @property {Map<string, import('./group-levels.js').GroupSums>} groups   what
 *   the tasks of a group did together, by the group's key; added when a row needs it
 * @property {import('./lines.js').LineSums[]} lines   by place: what happened at the place
 * @property {boolean} hasChannels   whether any channel was used or waited on
 * @property {import('./channels.js').Traffic | null} traffic   null until the reader
 *   asks for channels or arrows and the traffic has been collected
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
  const all = Uint32Array.from({ length: tasks.rows }, (_, task) => task);
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, all, state, wallMs));
  const hasChannels = report.channelEvents.channel.length > 0 || states.channel.some((channel) => channel >= 0);
  const lines = yield* lineSums(report);
  return { report, tasks, processors, levels, groups: new Map(), lines, hasChannels, traffic: null };
}
