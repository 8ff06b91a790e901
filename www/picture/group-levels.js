/**
 * How many tasks of a group are running, ready and blocked: over time in a run that has ended, and
 * pixel by pixel in one that goes on.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./steps.js').Steps} Steps
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 * @typedef {import('./tracks.js').Tracks} Tracks
 */
import { STATES } from '../messages.js';
import { PixelShare } from './pixel-share.js';
import { STRETCH } from './slices.js';
import { sortedTimes } from './sorted-times.js';
import { levelsOf } from './steps.js';

const RUNNING = STATES.indexOf('running');

/**
 * Sums a group and keeps the sums in the index. Does nothing where they are there.
 * @param {RunIndex} index
 * @param {{key: string, tasks: number[]}} group
 * @returns {Generator<void, void, void>}
 */
export function* sumGroup({ groups, tasks, report }, { key, tasks: members }) {
  if (groups.has(key)) return;
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, members, state, report.wallMs));
  groups.set(key, levels);
}

/**
 * How many of some tasks are in a state.
 * @param {Tracks} tracks       a row for each task
 * @param {ArrayLike<number>} members
 * @param {number} state
 * @param {number} wallMs
 * @returns {Generator<void, Steps, void>}
 */
export function* levelsIn(tracks, members, state, wallMs) {
  let room = 0;
  for (let m = 0; m < members.length; m++) room += tracks.offset[members[m] + 1] - tracks.offset[members[m]];
  const starts = new Float64Array(room);
  const ends = new Float64Array(room);
  let n = 0;
  for (let m = 0; m < members.length; m++) {
    for (let i = tracks.offset[members[m]]; i < tracks.offset[members[m] + 1]; i++) {
      if (i % STRETCH === 0) yield;
      if (tracks.state[i] !== state) continue;
      starts[n] = tracks.startMs[i];
      ends[n++] = tracks.endMs[i];
    }
  }
  return yield* levelsOf(yield* sortedTimes(starts.subarray(0, n), wallMs), yield* sortedTimes(ends.subarray(0, n), wallMs), wallMs);
}

/**
 * In a run that goes on: how many of some tasks were in each state at a moment. It looks through all
 * that is known, and is asked only while a reader points there.
 * @param {LiveTimeline} timeline
 * @param {(task: number) => boolean} isMember
 * @param {number} ms
 * @returns {number[]} by state
 */
export function countAt(timeline, isMember, ms) {
  const counts = STATES.map(() => 0);
  const holds = (/** @type {number} */ start, /** @type {number} */ end) => start <= ms && ms < end;
  for (const { task, startMs, endMs } of timeline.spans) {
    for (let i = 0; i < task.length; i++) if (holds(startMs[i], endMs[i]) && isMember(task[i])) counts[RUNNING]++;
  }
  for (const { task, state, startMs, endMs } of timeline.states) {
    for (let i = 0; i < task.length; i++) if (state[i] !== RUNNING && holds(startMs[i], endMs[i]) && isMember(task[i])) counts[state[i]]++;
  }
  const { open } = timeline;
  if (!open || ms > timeline.nowMs) return counts;
  for (let i = 0; i < open.task.length; i++) if (open.startMs[i] <= ms && isMember(open.task[i])) counts[open.state[i]]++;
  return counts;
}

/**
 * The stretch around a moment in which a group's counts stay the same.
 * @param {Steps[]} levels   by state
 * @param {number} ms
 * @param {number} wallMs
 * @returns {{fromMs: number, toMs: number, counts: number[]}}
 */
export function stretchAt(levels, ms, wallMs) {
  let [fromMs, toMs] = [0, wallMs];
  for (const steps of levels) {
    const at = steps.at(ms);
    if (at >= 0) fromMs = Math.max(fromMs, steps.atMs[at]);
    if (at + 1 < steps.atMs.length) toMs = Math.min(toMs, steps.atMs[at + 1]);
  }
  return { fromMs, toMs, counts: levels.map((steps) => steps.valueAt(ms)) };
}

/**
 * Where the stretch before begins.
 * @param {Steps[]} levels   by state
 * @param {number} fromMs    where this one begins
 */
export function stretchBefore(levels, fromMs) {
  let before = 0;
  for (const { atMs } of levels) {
    for (let low = 0, high = atMs.length; low < high;) {
      const middle = (low + high) >> 1;
      if (atMs[middle] < fromMs) {
        before = Math.max(before, atMs[middle]);
        low = middle + 1;
      } else high = middle;
    }
  }
  return before;
}

/** @param {number[]} counts   by state */
export const countWords = (counts) => STATES.map((state, i) => `${counts[i]} ${state}`).join(', ');

/** A group's tasks in a run that goes on, by state and pixel. */
export class GroupShares {
  /** @param {number} width   in pixels */
  constructor(width) {
    this.inState = STATES.map(() => new PixelShare(width));
  }

  /** @returns {GroupShares} one that can be added to without changing this one */
  copy() {
    const copy = new GroupShares(0);
    copy.inState = this.inState.map((shares) => shares.copy());
    return copy;
  }

  /** @returns {Float64Array[]} by state: how many tasks, pixel by pixel */
  get levels() {
    return this.inState.map((shares) => shares.shares());
  }
}
