/**
 * The versions of recordings.
 *
 * A change of a column or a value (schema.js) or of a code (messages.js) needs a new version:
 *
 * 1. add one to {@link VERSION};
 * 2. let {@link tablesOf} return the columns of the previous version, and let {@link upgraded}
 *    convert them to the current columns; a fact that was not recorded becomes "missing";
 * 3. add a recording of the previous version to tests/page/recordings/, made by the page that
 *    wrote that version;
 * 4. write the list of the new columns and codes into the same folder, as version-N.txt.
 *
 * tests/page/versions.test.js fails until all four steps are done.
 *
 * @typedef {import('./schema.js').Column} Column
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { STATES } from '../common/messages.js';
import { STEPS_PER_YIELD } from '../common/slices.js';
import { TABLES } from './schema.js';
import { damaged } from './unreadable.js';

/** The version that this page writes. The page reads this version and all earlier ones. */
export const VERSION = 2;

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {Record<string, Record<string, Column>>} Tables
 * @typedef {Record<string, Record<string, any>>} Columns
 */

/**
 * @param {number} version
 * @returns {Tables} the columns that a recording of this version holds
 */
export function tablesOf(version) {
  if (version === VERSION) return TABLES;
  // Version 1 had a separate table of spans. Its states had no processor and no channel. The time
  // at which a task was created was never missing.
  const {
    processor: { below },
    channel,
    ...states
  } = TABLES.states;
  const { task, startMs, endMs } = states;
  return {
    ...TABLES,
    states,
    tasks: { ...TABLES.tasks, createdMs: startMs },
    spans: { processor: { type: 'u32', below }, task, startMs, endMs },
  };
}

/**
 * @param {number} version
 * @param {Columns} tables   of a recording of this version
 * @returns {Generator<void, Columns, void>} the same tables with the current columns
 */
export function* upgraded(version, tables) {
  if (version === VERSION) return tables;
  const { spans, ...others } = tables;
  const { states } = tables;
  const channel = new Int32Array(states.task.length).fill(-1);
  return { ...others, states: { ...states, channel, processor: yield* processorsOf(states, spans) } };
}

/**
 * Returns the processor of each state. Version 1 wrote one span for each running state, in the same
 * order.
 * @param {Columns[string]} states
 * @param {Columns[string]} spans
 */
function* processorsOf(states, spans) {
  const processor = new Int32Array(states.task.length).fill(-1);
  let span = 0;
  for (let i = 0; i < processor.length; i++) {
    if (i % STEPS_PER_YIELD === 0) yield;
    if (states.state[i] !== RUNNING) continue;
    if (spans.task[span] !== states.task[i] || spans.startMs[span] !== states.startMs[i])
      throw damaged('its spans are not its running states');
    processor[i] = spans.processor[span++];
  }
  return processor;
}
