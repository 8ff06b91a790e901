/**
 * What went on at each channel: how many values were queued, how many senders
 * and receivers were blocked, and which receive took which send's value.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 */
import { CHANNEL_KINDS, REASONS, STATES } from '../messages.js';
import { STRETCH } from './slices.js';
import { sortedTimes } from './sorted-times.js';
import { levelsOf, Steps } from './steps.js';

const BLOCKED = STATES.indexOf('blocked');
const SEND = CHANNEL_KINDS.indexOf('send');
const RECEIVE = CHANNEL_KINDS.indexOf('receive');

/** The kind of operation that a blocked task waits for, by reason. */
const KIND_OF = REASONS.map((reason) => CHANNEL_KINDS.indexOf(/** @type {any} */ (reason)));

/**
 * @typedef {object} Channel
 * @property {number} id
 * @property {Steps} queued       values in the channel
 * @property {Steps} senders      blocked ones
 * @property {Steps} receivers
 * @property {number} most        values queued at once
 */

/**
 * Lines from a moment of one task to a moment of another.
 * @typedef {object} Arrows
 * @property {Uint32Array} from    task
 * @property {Float64Array} fromMs
 * @property {Uint32Array} to      task
 * @property {Float64Array} toMs
 * @property {number} values       so many of them, the first ones, carry a value; the others made a task ready
 */

/** @typedef {{channels: Channel[], arrows: Arrows}} Traffic */

/**
 * @param {RunIndex} index
 * @returns {Generator<void, Traffic, void>}
 */
export function* trafficOf({ report, tasks }) {
  const { channelEvents, wallMs } = report;
  const waits = yield* waitsByChannel(report, tasks);
  const channels = [];
  for (let from = 0; from < channelEvents.channel.length;) {
    const id = channelEvents.channel[from];
    let to = from;
    while (to < channelEvents.channel.length && channelEvents.channel[to] === id) to++;
    const atMs = channelEvents.atMs.slice(from, to);
    // By operation. Clocks differ by a step, and a queue doesn't go back in time.
    for (let i = 1; i < atMs.length; i++) atMs[i] = Math.max(atMs[i], atMs[i - 1]);
    const length = Float64Array.from(channelEvents.length.subarray(from, to));
    const own = waits.get(id);
    const levels = [];
    for (const kind of [SEND, RECEIVE]) {
      const { starts = [], ends = [] } = own?.[kind] ?? {};
      levels.push(yield* levelsOf(yield* sortedTimes(Float64Array.from(starts), wallMs),
        yield* sortedTimes(Float64Array.from(ends), wallMs), wallMs));
    }
    channels.push({
      id, queued: yield* Steps.of(atMs, length, wallMs), senders: levels[0], receivers: levels[1],
      most: length.reduce((most, n) => Math.max(most, n), 0),
    });
    from = to;
    yield;
  }
  return { channels, arrows: yield* arrowsOf(report) };
}

/**
 * Which channel a blocked task waited at: the one of its next operation of that kind.
 * @param {SentReport} report
 * @param {import('./tracks.js').Tracks} tasks
 */
function* waitsByChannel({ channelEvents, states, clockStepMs }, tasks) {
  const { task, kind, channel, atMs } = channelEvents;
  /** @type {Uint32Array[]} each task's operations by time */
  const own = [];
  const counts = new Uint32Array(tasks.rows);
  for (let i = 0; i < task.length; i++) counts[task[i]]++;
  for (let row = 0; row < tasks.rows; row++) own.push(new Uint32Array(counts[row]));
  counts.fill(0);
  for (let i = 0; i < task.length; i++) {
    own[task[i]][counts[task[i]]++] = i;
    if (i % STRETCH === 0) yield;
  }
  /** @type {Map<number, {starts: number[], ends: number[]}[]>} by channel, then by kind */
  const found = new Map();
  for (let row = 0; row < tasks.rows; row++) {
    const operations = own[row];
    if (operations.length === 0) continue;
    // They came channel by channel: a task of several channels has to be sorted.
    if (operations.some((event, i) => i > 0 && atMs[event] < atMs[operations[i - 1]])) operations.sort((a, b) => atMs[a] - atMs[b]);
    let at = 0;
    for (let i = tasks.offset[row]; i < tasks.offset[row + 1]; i++) {
      if (i % STRETCH === 0) yield;
      if (tasks.state[i] !== BLOCKED) continue;
      const wanted = KIND_OF[states.reason[tasks.order[i]]] ?? -1;
      if (wanted < 0) continue;
      while (at < operations.length && atMs[operations[at]] < tasks.startMs[i] - clockStepMs) at++;
      let next = at;
      while (next < operations.length && kind[operations[next]] !== wanted) next++;
      if (next === operations.length) continue; // it waited in vain: nobody knows for which
      const id = channel[operations[next]];
      let kinds = found.get(id);
      if (!kinds) found.set(id, kinds = CHANNEL_KINDS.map(() => ({ starts: [], ends: [] })));
      kinds[wanted].starts.push(tasks.startMs[i]);
      kinds[wanted].ends.push(tasks.endMs[i]);
    }
  }
  return found;
}

/**
 * A channel's nth receive takes its nth send's value.
 * @param {SentReport} report
 * @returns {Generator<void, Arrows, void>}
 */
function* arrowsOf({ channelEvents, states }) {
  const { channel, kind, task, atMs } = channelEvents;
  /** @type {number[]} */
  const pairs = [];
  for (let from = 0; from < channel.length;) {
    let to = from;
    /** @type {number[]} */
    const sends = [];
    let received = 0;
    for (; to < channel.length && channel[to] === channel[from]; to++) {
      if (kind[to] === SEND) sends.push(to);
      else if (kind[to] === RECEIVE && received < sends.length) pairs.push(sends[received++], to);
      if (to % STRETCH === 0) yield;
    }
    from = to;
  }
  let woken = 0;
  for (let i = 0; i < states.by.length; i++) if (states.by[i] >= 0) woken++;
  const values = pairs.length / 2;
  const arrows = {
    from: new Uint32Array(values + woken), fromMs: new Float64Array(values + woken),
    to: new Uint32Array(values + woken), toMs: new Float64Array(values + woken), values,
  };
  for (let i = 0; i < values; i++) {
    arrows.from[i] = task[pairs[2 * i]];
    arrows.fromMs[i] = atMs[pairs[2 * i]];
    arrows.to[i] = task[pairs[2 * i + 1]];
    arrows.toMs[i] = atMs[pairs[2 * i + 1]];
    if (i % STRETCH === 0) yield;
  }
  let n = values;
  for (let i = 0; i < states.by.length; i++) {
    if (i % STRETCH === 0) yield;
    if (states.by[i] < 0) continue;
    arrows.from[n] = states.by[i];
    arrows.to[n] = states.task[i];
    arrows.fromMs[n] = arrows.toMs[n] = states.startMs[i];
    n++;
  }
  return arrows;
}
