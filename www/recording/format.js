/**
 * The file format of recorded runs. A file has a description in JSON and then every column as it is
 * in memory. Each column begins at a multiple of eight bytes. Numbers are little-endian, as on
 * every machine that runs browsers, so a file opens on any of these machines.
 *
 *     8 bytes   "manyhand"
 *     4 bytes   the version of the rest of the file
 *     4 bytes   the length of the JSON in bytes
 *     JSON      {recordedOn, site, findings, runs: [{lane, report, names, columns: {table: {column: [type, length, offset]}}}]}
 *     columns   offsets count from the end of the JSON, rounded up to a multiple of eight bytes
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { LANES } from '../common/lanes.js';
import { MOST_PROCESSORS, STATES } from '../common/messages.js';
import { STEPS_PER_YIELD } from '../common/slices.js';
import { TABLES, TYPES } from './schema.js';
import { damaged, Unreadable } from './unreadable.js';
import { figuresOf, tablesOf, upgraded, upgradedOutput, VERSION } from './version.js';

export { Unreadable };

const MAGIC = 'manyhand';
const HEAD = 16;
const RUNNING = STATES.indexOf('running');

/**
 * @typedef {object} Recording
 * @property {string} recordedOn                            a date in the format of ISO 8601
 * @property {string} site   the version of the page that made the recording; empty: not known
 * @property {Partial<Record<Lane, string[]>>} findings     the verdicts' sentences above each lane
 * @property {Partial<Record<Lane, SentReport>>} reports
 */

const padded = (/** @type {number} */ length) => Math.ceil(length / 8) * 8;

/**
 * @param {Recording} recording
 * @returns {Uint8Array<ArrayBuffer>[]} the file's parts, in order
 */
export function write({ recordedOn, site, findings, reports }) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let offset = 0;
  const runs = LANES.flatMap((lane) => {
    const report = reports[lane];
    if (!report) return [];
    // The images are left out: a recording holds what the lanes show.
    const { tasks, states, channelEvents, losses, images, ...figures } = report;
    /** @type {Record<string, Record<string, [string, number, number]>>} */
    const columns = {};
    for (const [table, kinds] of Object.entries(TABLES)) {
      columns[table] = {};
      for (const [name, { type }] of Object.entries(kinds)) {
        const column = /** @type {any} */ (report)[table][name];
        const bytes = new Uint8Array(padded(column.byteLength));
        bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
        columns[table][name] = [type, column.length, offset];
        parts.push(bytes);
        offset += bytes.length;
      }
    }
    return [{ lane, report: figures, names: tasks.name, columns }];
  });
  const json = new TextEncoder().encode(JSON.stringify({ recordedOn, site, findings, runs }));
  const head = new Uint8Array(padded(HEAD + json.length));
  head.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(head.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, json.length, true);
  head.set(json, HEAD);
  return [head, ...parts];
}

/**
 * Reads a file column by column, and checks every value of every column.
 * @param {ArrayBuffer} file
 * @returns {Generator<void, Recording, void>} throws {@link Unreadable}
 */
export function* read(file) {
  const magic = new TextDecoder().decode(new Uint8Array(file, 0, Math.min(8, file.byteLength)));
  if (magic !== MAGIC)
    throw new Unreadable('This file holds no run that was recorded here: it begins with something else.');
  if (file.byteLength < HEAD) throw damaged('it ends too early');
  const view = new DataView(file);
  const version = view.getUint32(8, true);
  if (version > VERSION) {
    throw new Unreadable(
      `This file was recorded by a later page: it has version ${version}, and this page reads versions 1 to ${
        VERSION
      }. Open it with a later page.`,
    );
  }
  if (version < 1) throw damaged('it has no version');
  const length = view.getUint32(12, true);
  if (HEAD + length > file.byteLength) throw damaged('it ends too early');
  const said = parsed(new Uint8Array(file, HEAD, length));
  if (typeof said.recordedOn !== 'string' || Number.isNaN(Date.parse(said.recordedOn)) || !Array.isArray(said.runs))
    throw damaged('its description is not one');
  const base = padded(HEAD + length);
  /** @type {Recording['reports']} */
  const reports = {};
  for (const run of said.runs) {
    const lane = LANES.find((name) => name === run?.lane);
    if (!lane || reports[lane]) throw damaged('a lane is named that there is not, or one twice');
    yield;
    reports[lane] = yield* readRun(file, version, base, run);
  }
  if (Object.keys(reports).length === 0) throw damaged('there is no run in it');
  if (new Set(Object.values(reports).map(({ program }) => program)).size > 1)
    throw damaged('its runs are of several programs');
  const site = typeof said.site === 'string' ? said.site : '';
  return { recordedOn: said.recordedOn, site, findings: findingsOf(said.findings), reports };
}

/**
 * @param {ArrayBuffer} file
 * @param {number} version
 * @param {number} base
 * @param {any} run
 * @returns {Generator<void, SentReport, void>}
 */
function* readRun(file, version, base, run) {
  const { report, names, columns } = run;
  for (const [name, type] of Object.entries(figuresOf(version))) {
    const value = report?.[name];
    if (typeof value !== type || value === null || (type === 'number' && !Number.isFinite(value)))
      throw damaged(`“${name}” is missing`);
  }
  const { processors, wallMs } = report;
  if (!Number.isInteger(processors) || processors < 1 || processors > MOST_PROCESSORS || wallMs < 0)
    throw damaged('its figures can’t be');
  if (![report.concurrency, report.parallelism].every(({ max, mean }) => Number.isFinite(max) && Number.isFinite(mean)))
    throw damaged('its levels can’t be');
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw damaged('its tasks have no names');
  if (
    !Array.isArray(report.findings) ||
    !report.findings.every((/** @type {unknown} */ sentence) => typeof sentence === 'string')
  )
    throw damaged('its findings are no sentences');
  if (!Array.isArray(report.output)) throw damaged('its output is none');
  const { output, droppedBytes } = upgradedOutput(version, report);
  if (!output.every(isChunk) || ![droppedBytes.stdout, droppedBytes.stderr].every(Number.isFinite))
    throw damaged('its output is none');
  const places = report.places ?? [];
  if (!Array.isArray(places) || !places.every(isPlace)) throw damaged('its places are none');
  /** @type {Record<string, Record<string, any>>} */
  const tables = {};
  for (const [table, kinds] of Object.entries(tablesOf(version))) {
    /** @type {Record<string, any>} */
    const own = (tables[table] = {});
    let rows = table === 'tasks' ? names.length : table === 'losses' ? processors : -1;
    for (const [name, kind] of Object.entries(kinds)) {
      const [type, length, offset] = columns?.[table]?.[name] ?? [];
      if (rows < 0) rows = length;
      const what = `the column ${table}.${name}`;
      if (type !== kind.type || !Number.isInteger(length) || length !== rows)
        throw damaged(`${what} is not as long as its table`);
      const at = base + offset;
      if (
        !Number.isInteger(offset) ||
        offset < 0 ||
        offset % 8 !== 0 ||
        at + length * TYPES[kind.type].BYTES_PER_ELEMENT > file.byteLength
      ) {
        throw damaged(`${what} lies outside the file`);
      }
      const column = new TYPES[kind.type](file, at, length);
      const fits = fit(kind, { tasks: names.length, processors, places: places.length });
      for (let i = 0; i < length; i++) {
        if (!fits(column[i])) throw damaged(`${what} holds ${column[i]}`);
        if (i % STEPS_PER_YIELD === 0) yield;
      }
      own[name] = column;
    }
  }
  for (let i = 0; i < names.length; i++) {
    if (tables.tasks.id[i] !== i) throw damaged(`task ${tables.tasks.id[i]} is not in the row of its id`);
  }
  tables.tasks.name = names;
  /** @type {SentReport} */
  const read = { ...report, output, droppedBytes, images: [], places, ...(yield* upgraded(version, tables)) };
  const { state, processor, startMs, endMs } = read.states;
  for (let i = 0; i < startMs.length; i++) {
    if (startMs[i] > endMs[i] || endMs[i] > wallMs * 1.001 + 1 || startMs[i] < 0)
      throw damaged('an interval of states lies outside the run');
    if ((state[i] === RUNNING) !== processor[i] >= 0)
      throw damaged('a task ran on no processor, or had one while it did not run');
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  return read;
}

/**
 * Returns a function that checks whether a column may contain a value.
 * @param {import('./schema.js').Column} kind
 * @param {import('./schema.js').Limits} limits
 * @returns {(value: number) => boolean}
 */
function fit({ type, below, missing, maybe }, limits) {
  if (below) {
    const limit = below(limits);
    return (value) => value === missing || (value >= 0 && value < limit);
  }
  if (type !== 'f64') return () => true;
  return maybe ? (value) => !(Math.abs(value) === Infinity) : Number.isFinite;
}

/** @param {any} chunk */
const isChunk = (chunk) =>
  Number.isFinite(chunk?.atMs) &&
  (chunk.task === null || Number.isInteger(chunk.task)) &&
  (chunk.stream === 1 || chunk.stream === 2) &&
  typeof chunk.text === 'string';

/** @param {any} place */
const isPlace = (place) => typeof place?.file === 'string' && Number.isInteger(place?.line) && place.line > 0;

/**
 * @param {any} findings
 * @returns {Recording['findings']}
 */
function findingsOf(findings) {
  /** @type {Recording['findings']} */
  const found = {};
  for (const lane of LANES) {
    const sentences = findings?.[lane];
    if (Array.isArray(sentences)) found[lane] = sentences.filter((sentence) => typeof sentence === 'string');
  }
  return found;
}

/** @param {Uint8Array} bytes */
function parsed(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) ?? {};
  } catch {
    throw damaged('its description can’t be read');
  }
}
