/**
 * What a task was doing at a moment that a reader points at.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 */
import { NONE, STATES } from '../messages.js';

/**
 * @typedef {object} Moment
 * @property {typeof STATES[number]} state
 * @property {number} reason        a code, or {@link NONE}
 * @property {number} processor     -1 unless it ran
 * @property {number} startMs
 * @property {number | null} endMs  null: it was still so when last seen
 */

const BLOCKED = STATES.indexOf('blocked');
const RUNNING = STATES.indexOf('running');

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
  return {
    state: STATES[tasks.state[i]],
    reason: tasks.state[i] === BLOCKED ? report.states.reason[tasks.order[i]] : NONE,
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
  for (const { task: tasks, processor, startMs, endMs } of timeline.spans) {
    for (let i = 0; i < tasks.length; i++) {
      const start = startMs[i] ?? 0;
      const end = endMs[i] ?? 0;
      if (tasks[i] === task && start <= ms && ms < end) {
        return { state: 'running', reason: NONE, processor: processor[i] ?? -1, startMs: start, endMs: end };
      }
    }
  }
  for (const { task: tasks, state, reason, startMs, endMs } of timeline.states) {
    for (let i = 0; i < tasks.length; i++) {
      const start = startMs[i] ?? 0;
      const end = endMs[i] ?? 0;
      if (tasks[i] === task && state[i] !== RUNNING && start <= ms && ms < end) {
        return state[i] === BLOCKED
          ? { state: 'blocked', reason: reason[i] ?? NONE, processor: -1, startMs: start, endMs: end }
          : { state: 'ready', reason: NONE, processor: -1, startMs: start, endMs: end };
      }
    }
  }
  const open = timeline.open;
  const at = open ? open.task.indexOf(task) : -1;
  if (!open || at < 0 || ms > timeline.nowMs || ms < (open.startMs[at] ?? 0)) return null;
  const state = STATES[open.state[at] ?? 0] ?? 'blocked';
  return { state, reason: open.reason[at] ?? NONE, processor: open.processor[at] ?? -1, startMs: open.startMs[at] ?? 0, endMs: null };
}
