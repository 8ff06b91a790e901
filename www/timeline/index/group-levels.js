/**
 * How many tasks of a group are running, ready and blocked, and on which processors. For a run that
 * has ended, these numbers are known at every time. For a run that goes on, they are known for each
 * pixel, and at the time that the reader points at.
 *
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 * @typedef {import('./steps.js').Steps} Steps
 * @typedef {import('./timeline.js').LiveTimeline} LiveTimeline
 */
import { STATES } from '../../common/messages.js';
import { PixelShare } from './pixel-share.js';
import { STEPS_PER_YIELD } from '../../common/slices.js';
import { levelsOfAny } from './steps.js';
import { Tracks } from './tracks.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');

/**
 * What the tasks of a group did, taken together.
 * @typedef {object} GroupSums
 * @property {Steps[]} levels    by state: number of tasks in the state
 * @property {Tracks} running    a row for each processor: its turns with tasks of the group
 * @property {number} most       highest number of tasks that existed at the same time
 */

/**
 * Computes the {@link GroupSums} of a group and stores them in the index. Does nothing if the index
 * has them.
 * @param {RunIndex} index
 * @param {{key: string, tasks: number[]}} group
 * @returns {Generator<void, void, void>}
 */
export function* sumGroup({ groups, tasks, report }, { key, tasks: members }) {
  if (groups.has(key)) return;
  const { wallMs } = report;
  const levels = [];
  for (let state = 0; state < STATES.length; state++) levels.push(yield* levelsIn(tasks, members, state, wallMs));
  groups.set(key, {
    levels,
    running: yield* runningOf(members, report),
    most: yield* mostAtOnce(tasks, members, wallMs),
  });
}

/**
 * @param {number[]} members
 * @param {import('../../common/messages.js').SentReport} report
 */
function* runningOf(members, { states, processors }) {
  const isMember = new Set(members);
  const row = new Int32Array(states.task.length).fill(-1);
  for (let i = 0; i < row.length; i++) {
    if (states.state[i] === RUNNING && isMember.has(states.task[i])) row[i] = states.processor[i];
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  const tracks = yield* Tracks.of({ ...states, rows: processors, row });
  yield* tracks.sum(0);
  return tracks;
}

/**
 * @param {Tracks} tasks
 * @param {number[]} members
 * @param {number} wallMs
 */
function* mostAtOnce({ offset, startMs, endMs }, members, wallMs) {
  const lived = members.filter((task) => offset[task + 1] > offset[task]);
  const starts = Float64Array.from(lived, (task) => startMs[offset[task]]);
  const ends = Float64Array.from(lived, (task) => endMs[offset[task + 1] - 1]);
  return (yield* levelsOfAny(starts, ends, wallMs)).most;
}

/**
 * Counts how many of the given tasks are in a state, over time.
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
      if (i % STEPS_PER_YIELD === 0) yield;
      if (tracks.state[i] !== state) continue;
      starts[n] = tracks.startMs[i];
      ends[n++] = tracks.endMs[i];
    }
  }
  return yield* levelsOfAny(starts.subarray(0, n), ends.subarray(0, n), wallMs);
}

/**
 * Counts how many of the given tasks were in each state at a time, in a run that goes on. The
 * function searches all known states, so it is called only while the reader points at a group.
 * @param {LiveTimeline} timeline
 * @param {(task: number) => boolean} isMember
 * @param {number} ms
 * @returns {number[]} number of tasks by state
 */
export function countAt(timeline, isMember, ms) {
  const counts = STATES.map(() => 0);
  for (const { task, state, startMs, endMs } of timeline.states) {
    for (let i = 0; i < task.length; i++)
      if (startMs[i] <= ms && ms < endMs[i] && isMember(task[i])) counts[state[i]]++;
  }
  const { open } = timeline;
  if (!open || ms > timeline.nowMs) return counts;
  for (let i = 0; i < open.task.length; i++)
    if (open.startMs[i] <= ms && isMember(open.task[i])) counts[open.state[i]]++;
  return counts;
}

/**
 * Finds the period around a time in which a group's counts stay the same.
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
 * Finds the start of the period that comes before a given period.
 * @param {Steps[]} levels   by state
 * @param {number} fromMs    start of the given period
 */
export function stretchBefore(levels, fromMs) {
  let before = 0;
  for (const steps of levels) {
    let at = steps.at(fromMs);
    if (at >= 0 && steps.atMs[at] === fromMs) at--;
    if (at >= 0) before = Math.max(before, steps.atMs[at]);
  }
  return before;
}

/** @param {number[]} counts   number of tasks by state */
export const countWords = (counts) => STATES.map((state, i) => `${counts[i]} ${state}`).join(', ');

/**
 * The shares of each pixel's time that a group's tasks spend in each state, in a run that goes on.
 * The running time is split by processor.
 */
export class GroupShares {
  /** @type {PixelShare[]} by processor; processors that ran none of the tasks are missing */
  running = [];

  /** @param {number} width   in pixels */
  constructor(width) {
    this.width = width;
    this.ready = new PixelShare(width);
    this.blocked = new PixelShare(width);
  }

  /**
   * @param {number} state
   * @param {number} processor   the processor, if the task is running
   * @param {number} from        in pixels
   * @param {number} to
   */
  add(state, processor, from, to) {
    if (state === RUNNING) (this.running[processor] ??= new PixelShare(this.width)).add(from, to);
    else (state === READY ? this.ready : this.blocked).add(from, to);
  }

  /** @returns {GroupShares} a copy: adding to the copy does not change this object */
  copy() {
    const copy = new GroupShares(0);
    copy.width = this.width;
    this.running.forEach((shares, processor) => {
      copy.running[processor] = shares.copy();
    });
    copy.ready = this.ready.copy();
    copy.blocked = this.blocked.copy();
    return copy;
  }

  /** @returns {import('../drawing/raster.js').GroupPixels} */
  get pixels() {
    return {
      running: this.running.map((shares) => shares.shares()),
      ready: this.ready.shares(),
      blocked: this.blocked.shares(),
    };
  }
}
