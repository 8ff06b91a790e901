/**
 * The host: the worker that owns the wasm instance and its pool of workers. The host passes
 * messages on and makes no decision. Rust decides what a message means.
 *
 * During a run the host's event loop stays free. The pool's workers execute the tasks, and a timer
 * drains what they record. Without a pool, the only processor runs in the host's event loop,
 * between other events.
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
/**
 * The time between two drains. Ten drawings a second are enough to see a run go on. Each drain
 * delays a run that uses all cores.
 */
const PROGRESS_MS = 95;

/** How long to wait for another thread's message. It takes a few ms, or longer on busy cores. */
const CAUSE_WITHIN_MS = 250;

/** @type {Promise<Host> | undefined} */
let starting;

/** @type {{id: number, stopped: boolean, execution?: Execution} | undefined} */
let running;

let failed = false;

/**
 * The channel on which the pool's threads report that they trapped. Nothing else reports a trap.
 */
const faults = `manyhands-faults-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
new BroadcastChannel(faults).onmessage = ({ data }) => fail(unable(data));

self.onmessage = ({ data }) =>
  receive(data).catch((error) => {
    if (error.name === 'StartError') fail(error.message);
    else handleError(error.message);
  });

self.addEventListener('error', (event) => {
  event.preventDefault();
  handleError(event.message);
});

/**
 * Handles an error of this thread. A trap makes the module unusable for all its threads. If another
 * thread trapped, the error of this thread is only a consequence. Then this function waits for the
 * message in which the other thread names the cause.
 * @param {string} message
 */
function handleError(message) {
  if (/module terminated/i.test(message)) setTimeout(() => fail(unable(message)), CAUSE_WITHIN_MS);
  else fail(unable(message));
}

/** @param {string} cause */
const unable = (cause) => `The worker that runs the programs can’t go on (${cause}).`;

/** @param {ToHost} message */
async function receive(message) {
  if (message.type === 'open') {
    starting = start(message.processors, message.guests, message.poolWithinMs, faults);
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
async function run(host, { id, program, params, options, images = [], unseen = false }) {
  if (running) {
    const sentence = 'A run is in progress: wait for its end, or stop it.';
    post({ type: 'refused', id, refusals: [{ param: 'program', sentence }] });
    return;
  }
  const own = (running = { id, stopped: false });
  /** @type {Execution} */
  let execution;
  try {
    const checked = host.checked(String(program), json(params), json(options));
    await host.prepare(checked);
    for (const { name, width, height, pixels } of images) {
      const refusals = host.give(name, width, height, pixels);
      if (refusals.length > 0) throw refusals;
    }
    execution = host.run(id, unseen, checked);
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
 * Stops a run. A run that is still being prepared stops as soon as it has started.
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
 * Returns the buffers of all columns in a message, for the list of buffers to transfer. Shared
 * buffers cannot be transferred, so they are left out.
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
 * Returns whether a value is a list of texts. Such a list may be long, and contains no buffers.
 * @param {object} value
 */
function isListOfWords(value) {
  return Array.isArray(value) && typeof value[0] !== 'object';
}

/**
 * Tells the page that this host can't be used any more. The page replaces the host. Only the first
 * sentence is sent.
 * @param {string} sentence
 */
function fail(sentence) {
  if (failed) return;
  failed = true;
  post({ type: 'failing', sentence });
  postLastEvents();
  post({ type: 'failed', sentence });
}

/**
 * Stops the run, so that loops that check for Stop end. Then sends the events that were recorded
 * before the fault.
 */
function postLastEvents() {
  if (!running?.execution) return;
  const { id, execution } = running;
  try {
    execution.stop();
    post({ type: 'progress', id, ...execution.live() });
  } catch {
    // The fault was in the code that drains the logs.
  }
}
