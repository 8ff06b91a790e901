/**
 * The columns and the other values that a recording holds, with their types and limits. A change of
 * this file needs a new version of recordings. version.js lists the steps.
 */
import { CHANNEL_KINDS, ENDINGS, NO_PLACE, NONE, REASONS, STATES } from '../common/messages.js';

/** The array types by their names in a recording. */
export const TYPES = /** @type {const} */ ({
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
});

/** @typedef {keyof typeof TYPES} Type */

/** The numbers of tasks, processors and places in a run. @typedef {{tasks: number, processors: number, places: number}} Limits */

/**
 * @typedef {object} Column
 * @property {Type} type
 * @property {(limits: Limits) => number} [below]   returns the limit below which all values are
 * @property {number} [missing]    the value that means "none"
 * @property {boolean} [maybe]     whether a time may be NaN
 */

const task = { below: (/** @type {{tasks: number}} */ { tasks }) => tasks };
const code = (/** @type {readonly string[]} */ words) => ({
  type: /** @type {const} */ ('u8'),
  below: () => words.length,
  missing: NONE,
});
const place = {
  type: /** @type {const} */ ('u16'),
  below: (/** @type {{places: number}} */ { places }) => places,
  missing: NO_PLACE,
};
const ms = { type: /** @type {const} */ ('f64') };
const count = { type: /** @type {const} */ ('u32') };

/** @type {Record<'tasks' | 'states' | 'channelEvents' | 'losses', Record<string, Column>>} */
export const TABLES = {
  tasks: {
    id: { type: 'u32', ...task },
    parent: { type: 'i32', ...task, missing: -1 },
    place,
    createdMs: { ...ms, maybe: true },
    firstRunMs: { ...ms, maybe: true },
    endedMs: { ...ms, maybe: true },
    runningMs: ms,
    readyMs: ms,
    blockedMs: ms,
    endedBy: code(ENDINGS),
  },
  states: {
    task: { type: 'u32', ...task },
    state: { type: 'u8', below: () => STATES.length },
    reason: code(REASONS),
    channel: { type: 'i32', below: () => 2 ** 31, missing: -1 },
    processor: { type: 'i32', below: ({ processors }) => processors, missing: -1 },
    by: { type: 'i32', ...task, missing: -1 },
    place,
    fromPlace: place,
    byPlace: place,
    startMs: ms,
    endMs: ms,
  },
  channelEvents: {
    channel: count,
    kind: { type: 'u8', below: () => CHANNEL_KINDS.length },
    task: { type: 'u32', ...task },
    operation: count,
    length: count,
    place,
    atMs: ms,
  },
  losses: { insideMs: ms, schedulingMs: ms, collectingMs: ms, idleMs: ms, tailMs: ms },
};

/** The values of a recorded report that are not in tables, each with its type. */
export const FIGURES = /** @type {const} */ ({
  program: 'string',
  params: 'object',
  processors: 'number',
  structure: 'string',
  browserCores: 'number',
  seed: 'number',
  outcome: 'string',
  message: 'string',
  wallMs: 'number',
  startupMs: 'number',
  busyMs: 'number',
  output: 'object',
  places: 'object',
  concurrency: 'object',
  parallelism: 'object',
  findings: 'object',
  lossesSentence: 'string',
  switches: 'number',
  steals: 'number',
  events: 'number',
  eventsDropped: 'number',
  droppedBytes: 'object',
  blurredMs: 'number',
  clockStepMs: 'number',
  hidden: 'boolean',
  pausedMs: 'number',
});
