/**
 * What a task did at the time that the reader points at.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 */
import { NO_PLACE, NONE, STATES } from '../../common/messages.js';

/**
 * @typedef {object} Moment
 * @property {typeof STATES[number]} state
 * @property {number} reason        code of what a blocked task waits for; else {@link NONE}
 * @property {number} channel       channel that a blocked task waits on, or -1
 * @property {number} place         where the task stopped, waits or was started, or {@link NO_PLACE}
 * @property {number} processor     the processor that ran the task; -1 if the task was not running
 * @property {number} startMs
 * @property {number | null} endMs  null: the state had not ended at the last drain
 */

const BLOCKED = STATES.indexOf('blocked');

/**
 * Finds what a task did at a time, in a run that has ended.
 * @param {RunIndex} index
 * @param {number} task
 * @param {number} ms
 * @returns {Moment | null} null: no state is known at that time, for example because the task was
 *   not created yet or had ended
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
    place: report.states.place[tasks.order[i]],
    processor: processor === NONE ? -1 : processor,
    startMs: tasks.startMs[i],
    endMs: tasks.endMs[i],
  };
}

/**
 * Finds what a task did at a time, in a run that goes on. The function searches all known states.
 * For the largest trace, the search takes at most some milliseconds. The function is called only
 * while the reader points at the timeline.
 * @param {LiveTimeline} timeline
 * @param {number} task
 * @param {number} ms
 * @returns {Moment | null} null: no state is known at that time, for example because the task was
 *   not created yet or had ended
 */
export function momentOf(timeline, task, ms) {
  for (const { task: tasks, state, reason, channel, place, processor, startMs, endMs } of timeline.states) {
    for (let i = 0; i < tasks.length; i++) {
      if (tasks[i] !== task || startMs[i] > ms || ms >= endMs[i]) continue;
      const blocked = state[i] === BLOCKED;
      return {
        state: STATES[state[i]],
        reason: blocked ? reason[i] : NONE,
        channel: blocked ? channel[i] : -1,
        place: place[i],
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
    place: NO_PLACE,
    processor: open.processor[at],
    startMs: open.startMs[at],
    endMs: null,
  };
}

/**
 * Finds the task that the reader points at, in the timeline of a run that has ended.
 * @param {{layout: import('../layout/layout.js').Layout, rows: import('../layout/rows.js').RowList, index: RunIndex}} timeline
 * @param {number} row
 * @param {number} ms
 * @returns {number} the task that the row shows, or, if rows are processors, the task that was
 *   inside the row's processor at that time; -1: there is no such task
 */
export function taskIn({ layout, rows, index }, row, ms) {
  if (layout.by === 'task') return rows.taskAt(row);
  const turn = row < 0 ? -1 : index.processors.at(row, ms);
  return turn < 0 ? -1 : index.report.states.task[index.processors.order[turn]];
}
