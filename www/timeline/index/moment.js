/**
 * What a task was doing at a moment that a reader points at.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 */
import { NONE, STATES } from '../../common/messages.js';

/**
 * @typedef {object} Moment
 * @property {typeof STATES[number]} state
 * @property {number} reason        a code, or {@link NONE}
 * @property {number} channel       that it waits on, or -1
 * @property {number} processor     -1 unless it ran
 * @property {number} startMs
 * @property {number | null} endMs  null: it was still so when last seen
 */

const BLOCKED = STATES.indexOf('blocked');

/**
 * In a run that has ended.
 * @param {RunIndex} index
 * @param {number} task
 * @param {number} ms
 * @returns {Moment | null} null: it wasn't there yet, or no more
 */
export function momentIn({ tasks, report }, task, ms) {
  const i = tasks.at(task, ms);
  if (i < 0) return null;
  const processor = tasks.processor[i];
  const blocked = tasks.state[i] === BLOCKED;
  return {
    state: STATES[tasks.state[i]],
    reason: blocked ? report.states.reason[tasks.order[i]] : NONE,
    channel: blocked ? report.states.channel[tasks.order[i]] : -1,
    processor: processor === NONE ? -1 : processor,
    startMs: tasks.startMs[i],
    endMs: tasks.endMs[i],
  };
}

/**
 * Looks through all there is: some milliseconds at most for the largest trace,
 * and only while somebody points.
 * @param {LiveTimeline} timeline
 * @param {number} task
 * @param {number} ms
 * @returns {Moment | null} null: it wasn't there yet, or no more
 */
export function momentOf(timeline, task, ms) {
  for (const { task: tasks, state, reason, channel, processor, startMs, endMs } of timeline.states) {
    for (let i = 0; i < tasks.length; i++) {
      if (tasks[i] !== task || startMs[i] > ms || ms >= endMs[i]) continue;
      const blocked = state[i] === BLOCKED;
      return {
        state: STATES[state[i]],
        reason: blocked ? reason[i] : NONE,
        channel: blocked ? channel[i] : -1,
        processor: processor[i],
        startMs: startMs[i],
        endMs: endMs[i],
      };
    }
  }
  const open = timeline.open;
  const at = open ? open.task.indexOf(task) : -1;
  if (!open || at < 0 || ms > timeline.nowMs || ms < (open.startMs[at] ?? 0)) return null;
  const state = STATES[open.state[at]];
  const blocked = state === 'blocked';
  return {
    state,
    reason: blocked ? open.reason[at] : NONE,
    channel: blocked ? open.channel[at] : -1,
    processor: open.processor[at],
    startMs: open.startMs[at],
    endMs: null,
  };
}

/**
 * In a run that has ended.
 * @param {{layout: import('../layout/layout.js').Layout, rows: import('../layout/rows.js').RowList, index: RunIndex}} picture
 * @param {number} row
 * @param {number} ms
 * @returns {number} the task that has this row, or was inside this row's processor; -1 for none
 */
export function taskIn({ layout, rows, index }, row, ms) {
  if (layout.by === 'task') return rows.taskAt(row);
  const turn = row < 0 ? -1 : index.processors.at(row, ms);
  return turn < 0 ? -1 : index.report.states.task[index.processors.order[turn]];
}
