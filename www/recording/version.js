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
import { NO_PLACE, STATES } from '../common/messages.js';
import { STEPS_PER_YIELD } from '../common/slices.js';
import { FIGURES, TABLES } from './schema.js';
import { damaged } from './unreadable.js';

/** The version that this page writes. The page reads this version and all earlier ones. */
export const VERSION = 4;

const RUNNING = STATES.indexOf('running');

/**
 * @typedef {Record<string, Record<string, Column>>} Tables
 * @typedef {Record<string, Record<string, any>>} Columns
 */

/**
 * @param {number} version
 * @returns {Partial<typeof FIGURES>} the values outside tables that a recording of this version holds
 */
export function figuresOf(version) {
  if (version === VERSION) return FIGURES;
  // Version 3 kept lines of output, and did not count their bytes.
  const { droppedBytes, ...figures } = FIGURES;
  if (version === 3) return figures;
  const { places, ...before } = figures;
  return before;
}

/**
 * @param {number} version
 * @returns {Tables} the columns that a recording of this version holds
 */
export function tablesOf(version) {
  if (version === VERSION) return TABLES;
  // Version 3 had no collector.
  const latest = { ...TABLES, losses: without(TABLES.losses, 'collectingMs') };
  if (version === 3) return latest;
  // Version 2 had no places.
  const tasks = without(TABLES.tasks, 'place');
  const states = without(TABLES.states, 'place', 'fromPlace', 'byPlace');
  const tables = { ...latest, tasks, states, channelEvents: without(TABLES.channelEvents, 'place') };
  if (version === 2) return tables;
  // Version 1 had a separate table of spans. Its states had no processor and no channel. The time
  // at which a task was created was never missing.
  const { task, startMs, endMs, processor } = states;
  return {
    ...tables,
    states: without(states, 'processor', 'channel'),
    tasks: { ...tasks, createdMs: startMs },
    spans: { processor: { type: 'u32', below: processor.below }, task, startMs, endMs },
  };
}

/**
 * @param {Record<string, Column>} columns
 * @param {...string} names
 */
const without = (columns, ...names) =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name)));

/**
 * @param {number} version
 * @param {Columns} tables   the tables of a recording of this version
 * @returns {Generator<void, Columns, void>} the same tables with the current columns
 */
export function* upgraded(version, tables) {
  if (version === VERSION) return tables;
  const { losses } = tables;
  const collecting = { ...losses, collectingMs: new Float64Array(losses.insideMs.length) };
  if (version === 3) return { ...tables, losses: collecting };
  const { tasks, states, channelEvents, ...others } = version === 1 ? yield* withChannels(tables) : tables;
  const none = (/** @type {{length: number}} */ { length }) => new Uint16Array(length).fill(NO_PLACE);
  return {
    ...others,
    losses: collecting,
    tasks: { ...tasks, place: none(tasks.id) },
    states: { ...states, place: none(states.task), fromPlace: none(states.task), byPlace: none(states.task) },
    channelEvents: { ...channelEvents, place: none(channelEvents.task) },
  };
}

/**
 * Returns the output of a recording of this version as chunks, which are not checked yet. Before
 * version 4, the output was a list of lines `{atMs, task, text}` without line breaks.
 * @param {number} version
 * @param {SentReport} report
 * @returns {Pick<SentReport, 'output' | 'droppedBytes'>}
 */
export function upgradedOutput(version, { output, droppedBytes }) {
  if (version === VERSION) return { output, droppedBytes };
  const chunkOf = (/** @type {any} */ line) => ({
    ...line,
    stream: 1,
    text: typeof line?.text === 'string' ? `${line.text}\n` : null,
  });
  return { output: output.map(chunkOf), droppedBytes: { stdout: 0, stderr: 0 } };
}

/**
 * Returns tables of version 1 with the columns of version 2.
 * @param {Columns} tables
 * @returns {Generator<void, Columns, void>}
 */
function* withChannels({ spans, ...others }) {
  const { states } = others;
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
