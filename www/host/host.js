/**
 * The host: the worker that owns the wasm instance and its pool of workers. It
 * passes messages on and judges nothing; what a message means is decided in Rust.
 *
 * During a run this event loop stays free: the pool's workers execute, and what
 * they record is drained on a timer. Without a pool the one processor runs
 * here, in the gaps.
 *
 * @typedef {import('../common/messages.js').ToHost} ToHost
 * @typedef {import('../common/messages.js').FromHost} FromHost
 * @typedef {import('../common/messages.js').Refusal} Refusal
 * @typedef {import('../wasm/manyhands.js').Host} Host
 * @typedef {import('../wasm/manyhands.js').Execution} Execution
 */
import './trust.js';
import { isControlled } from './controlled.js';
import { json } from './json.js';
import { start } from './start.js';

const BEAT_MS = 1000;
/** Ten pictures a second are enough to see a run go on, and it pays for each when it uses all cores. */
const PROGRESS_MS = 95;

/** A message from another thread is on its way for a few ms, or longer where the cores are busy. */
const CAUSE_WITHIN_MS = 250;

/** @type {Promise<Host> | undefined} */
let starting;

/** @type {{id: number, stopped: boolean, execution?: Execution} | undefined} */
let running;

let failed = false;

/** Where the pool's threads say that they trapped, which shows nowhere else. */
const faults = `manyhands-faults-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
new BroadcastChannel(faults).onmessage = ({ data }) => fail(unable(data));

self.onmessage = ({ data }) =>
  receive(data).catch((error) => {
    if (error.name === 'StartError') fail(error.message);
    else stumble(error.message);
  });

self.addEventListener('error', (event) => {
  event.preventDefault();
  stumble(event.message);
});

/**
 * A trap poisons the module for all its threads. If it was another's, that one says why, and what
 * this thread met is only what follows from it.
 * @param {string} message
 */
function stumble(message) {
  if (/module terminated/i.test(message)) setTimeout(() => fail(unable(message)), CAUSE_WITHIN_MS);
  else fail(unable(message));
}

/** @param {string} cause */
const unable = (cause) => `The worker that runs the programs can’t go on (${cause}).`;

/** @param {ToHost} message */
async function receive(message) {
  if (message.type === 'open') {
    starting = start(message.processors, message.poolWithinMs, faults);
    const host = await starting;
    post({ type: 'ready', machine: host.machine(), programs: host.programs(), stopWord: host.stopWord() });
    setInterval(() => post({ type: 'beat' }), BEAT_MS);
    return;
  }
  const host = await starting;
  if (host === undefined) throw new Error('“open” has to come before anything else');
  switch (message.type) {
    case 'check': {
      const { id, program, params, options } = message;
      const refusals = host.check(String(program), json(params), json(options));
      post({ type: 'checked', id, refusals });
      break;
    }
    case 'run':
      await run(host, message);
      break;
    case 'reach':
      post({ type: 'reached', id: message.id, answered: await isControlled(message.limitMs) });
      break;
    case 'stop':
      if (running?.id === message.id) stop(running);
      break;
    case 'soFar': {
      const { id, run } = message;
      if (running?.execution && running.id === run) post({ type: 'toldSoFar', id, report: running.execution.soFar() });
      break;
    }
    case 'compare': {
      const { id, runs } = message;
      post({ type: 'compared', id, verdicts: host.compare(Uint32Array.from(runs)) });
      break;
    }
    case 'scale': {
      const { id, processors, wallMs, growing } = message;
      post({
        type: 'scaled',
        id,
        scaling: host.scaling(Uint32Array.from(processors), Float64Array.from(wallMs), growing),
      });
      break;
    }
  }
}

/**
 * @param {Host} host
 * @param {Extract<ToHost, {type: 'run'}>} request
 */
async function run(host, { id, program, params, options, pictures = [], unseen = false }) {
  if (running) {
    const sentence = 'A run is in progress: wait for its end, or stop it.';
    post({ type: 'refused', id, refusals: [{ param: 'program', sentence }] });
    return;
  }
  /** @type {[string, string, string]} */
  const request = [String(program), json(params), json(options)];
  const own = (running = { id, stopped: false });
  /** @type {Execution} */
  let execution;
  try {
    await host.prepare(...request);
    for (const { name, width, height, pixels } of pictures) {
      const refusals = host.give(name, width, height, pixels);
      if (refusals.length > 0) throw refusals;
    }
    execution = host.run(id, unseen, ...request);
  } catch (refusals) {
    running = undefined;
    if (!Array.isArray(refusals)) throw refusals;
    post({ type: 'refused', id, refusals });
    return;
  }
  running.execution = execution;
  if (own.stopped) execution.stop();
  const drain = () => post({ type: 'progress', id, ...execution.live() });
  const progress = setInterval(drain, PROGRESS_MS);
  try {
    post({ type: 'report', id, report: await execution.report() });
  } finally {
    clearInterval(progress);
    running = undefined;
    execution.free();
  }
}

/**
 * A run that is still being prepared stops as soon as it has started.
 * @param {NonNullable<typeof running>} run
 */
function stop(run) {
  run.stopped = true;
  run.execution?.stop();
}

/** @param {FromHost} message */
function post(message) {
  self.postMessage(message, columnsOf(message));
}

/**
 * The buffers of all columns in a message: they travel by transfer, unless they are shared.
 * @param {unknown} value
 * @param {ArrayBuffer[]} [found]
 */
function columnsOf(value, found = []) {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.push(value.buffer);
  } else if (typeof value === 'object' && value !== null && !isListOfWords(value)) {
    for (const field of Object.values(value)) columnsOf(field, found);
  }
  return found;
}

/**
 * Names can be many; nothing in them travels by transfer.
 * @param {object} value
 */
function isListOfWords(value) {
  return Array.isArray(value) && typeof value[0] !== 'object';
}

/**
 * This host is of no more use. One sentence is enough; the page replaces it.
 * @param {string} sentence
 */
function fail(sentence) {
  if (failed) return;
  failed = true;
  post({ type: 'failing', sentence });
  takeLastLook();
  post({ type: 'failed', sentence });
}

/** What happened up to the fault is still to be seen, and the loops that listen had better leave. */
function takeLastLook() {
  if (!running?.execution) return;
  const { id, execution } = running;
  try {
    execution.stop();
    post({ type: 'progress', id, ...execution.live() });
  } catch {
    // The fault was in what would have told.
  }
}
