/**
 * The traffic of each channel in a run that has ended: the number of queued values, the numbers of
 * blocked senders and receivers, and which receive took the value of which send.
 *
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('./run-index.js').RunIndex} RunIndex
 */
import { CHANNEL_KINDS, REASONS, STATES } from '../../common/messages.js';
import { STEPS_PER_YIELD } from '../../common/slices.js';
import { levelsOfAny, Steps } from './steps.js';

const BLOCKED = STATES.indexOf('blocked');
const SEND = CHANNEL_KINDS.indexOf('send');
const RECEIVE = CHANNEL_KINDS.indexOf('receive');
const TO_SEND = REASONS.indexOf('send');
const TO_RECEIVE = REASONS.indexOf('receive');

/**
 * @typedef {object} Channel
 * @property {number} id
 * @property {Steps} queued       number of values in the channel
 * @property {number} most        highest number of values in the channel
 * @property {Waiting | null} senders     blocked senders; null: not recorded
 * @property {Waiting | null} receivers   blocked receivers; null: not recorded
 */

/**
 * The tasks that were blocked at a channel, either to send or to receive.
 * @typedef {object} Waiting
 * @property {Steps} level        number of blocked tasks
 * @property {number} ms          blocked time, summed over the tasks
 */

/**
 * Arrows in columns of equal length. An arrow goes from a time of one task to a time of another
 * task. The first `values` arrows go from a send to the receive that took its value. Every further
 * arrow goes from a task to a task that it made ready.
 * @typedef {object} Arrows
 * @property {Uint32Array} from    task ids
 * @property {Float64Array} fromMs
 * @property {Uint32Array} to      task ids
 * @property {Float64Array} toMs
 * @property {number} values       number of arrows that carry a value
 */

/** @typedef {{channels: Channel[], arrows: Arrows}} Traffic */

/**
 * Collects the traffic of all channels. A channel is included if a task used it or waited on it.
 * @param {RunIndex} index
 * @returns {Generator<void, Traffic, void>}
 */
export function* trafficOf({ report }) {
  const { channelEvents, wallMs } = report;
  const waits = yield* waitsOf(report.states);
  const events = yield* eventsOf(channelEvents.channel);
  const channels = [];
  for (const id of [...new Set([...events.keys(), ...waits.byChannel.keys()])].sort((a, b) => a - b)) {
    const { from, to } = events.get(id) ?? { from: 0, to: 0 };
    const atMs = channelEvents.atMs.slice(from, to);
    // The events are in the order of the channel's operations. The processors' clocks may differ by
    // one step, so an event can seem earlier than the event before it. Such an event gets the time
    // of the event before it.
    for (let i = 1; i < atMs.length; i++) atMs[i] = Math.max(atMs[i], atMs[i - 1]);
    const length = Float64Array.from(channelEvents.length.subarray(from, to));
    const own = waits.byChannel.get(id) ?? NO_WAITS;
    const queued = yield* Steps.of(atMs, length, wallMs);
    channels.push({
      id,
      queued,
      most: queued.most,
      senders: waits.recorded ? yield* waiting(own.send, wallMs) : null,
      receivers: waits.recorded ? yield* waiting(own.receive, wallMs) : null,
    });
    yield;
  }
  return { channels, arrows: yield* arrowsOf(report, events) };
}

/** @typedef {{starts: number[], ends: number[]}} Times */
/** @typedef {{send: Times, receive: Times}} Waits */

/** @returns {Waits} */
const noWaits = () => ({ send: { starts: [], ends: [] }, receive: { starts: [], ends: [] } });

const NO_WAITS = noWaits();

/**
 * Collects the times at which tasks were blocked at each channel.
 * @param {SentReport['states']} states
 */
function* waitsOf({ state, reason, channel, startMs, endMs }) {
  /** @type {Map<number, Waits>} */
  const byChannel = new Map();
  let recorded = true;
  for (let i = 0; i < state.length; i++) {
    if (i % STEPS_PER_YIELD === 0) yield;
    if (state[i] !== BLOCKED || (reason[i] !== TO_SEND && reason[i] !== TO_RECEIVE)) continue;
    if (channel[i] < 0) {
      recorded = false;
      continue;
    }
    let waits = byChannel.get(channel[i]);
    if (!waits) byChannel.set(channel[i], (waits = noWaits()));
    const { starts, ends } = reason[i] === TO_SEND ? waits.send : waits.receive;
    starts.push(startMs[i]);
    ends.push(endMs[i]);
  }
  return { byChannel, recorded };
}

/**
 * Finds the range of each channel's events. The events are sorted by channel.
 * @param {Uint32Array} channel
 */
function* eventsOf(channel) {
  /** @type {Map<number, {from: number, to: number}>} */
  const events = new Map();
  for (let from = 0; from < channel.length; ) {
    let to = from;
    for (; to < channel.length && channel[to] === channel[from]; to++) if (to % STEPS_PER_YIELD === 0) yield;
    events.set(channel[from], { from, to });
    from = to;
  }
  return events;
}

/**
 * @param {Times} times
 * @param {number} wallMs
 * @returns {Generator<void, Waiting, void>}
 */
function* waiting({ starts, ends }, wallMs) {
  const level = yield* levelsOfAny(Float64Array.from(starts), Float64Array.from(ends), wallMs);
  return { level, ms: starts.reduce((sum, start, i) => sum + (ends[i] - start), 0) };
}

/**
 * Makes the arrows. The nth receive of a channel takes the value of the channel's nth send.
 * @param {SentReport} report
 * @param {Map<number, {from: number, to: number}>} events   the range of each channel's events
 * @returns {Generator<void, Arrows, void>}
 */
function* arrowsOf({ channelEvents, states }, events) {
  const { kind, task, atMs } = channelEvents;
  /** @type {number[]} */
  const pairs = [];
  for (const { from, to } of events.values()) {
    /** @type {number[]} */
    const sends = [];
    let received = 0;
    for (let i = from; i < to; i++) {
      if (kind[i] === SEND) sends.push(i);
      else if (kind[i] === RECEIVE && received < sends.length) pairs.push(sends[received++], i);
      if (i % STEPS_PER_YIELD === 0) yield;
    }
  }
  let woken = 0;
  for (let i = 0; i < states.by.length; i++) if (states.by[i] >= 0) woken++;
  const values = pairs.length / 2;
  const arrows = {
    from: new Uint32Array(values + woken),
    fromMs: new Float64Array(values + woken),
    to: new Uint32Array(values + woken),
    toMs: new Float64Array(values + woken),
    values,
  };
  for (let i = 0; i < values; i++) {
    arrows.from[i] = task[pairs[2 * i]];
    arrows.fromMs[i] = atMs[pairs[2 * i]];
    arrows.to[i] = task[pairs[2 * i + 1]];
    arrows.toMs[i] = atMs[pairs[2 * i + 1]];
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  let n = values;
  for (let i = 0; i < states.by.length; i++) {
    if (i % STEPS_PER_YIELD === 0) yield;
    if (states.by[i] < 0) continue;
    arrows.from[n] = states.by[i];
    arrows.to[n] = states.task[i];
    arrows.fromMs[n] = arrows.toMs[n] = states.startMs[i];
    n++;
  }
  return arrows;
}
