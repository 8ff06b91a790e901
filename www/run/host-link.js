/**
 * The connection to one host worker. It sends requests, receives answers, and watches the heartbeat
 * of the host. A lost link stays lost; its owner opens another link.
 *
 * @typedef {import('../common/messages.js').FromHost} FromHost
 * @typedef {import('../common/messages.js').ToHost} ToHost
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Refusal} Refusal
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/messages.js').Values} Values
 */
import { FOLDER } from '../common/folder.js';

/**
 * Returns how long a pool may take to start, in ms. All workers of the pool load the module at the
 * same time, on the cores that are free. With two busy cores, 64 workers took up to 40 s.
 * @param {number} processors
 */
const poolWithinMs = (processors) => 10_000 + 1000 * processors;

/** The time that a host may take to start after the limit for its pool. */
const HOST_WITHIN_MS = 10_000;
const SILENT_BEATS = 5;

/**
 * The time without a message after which a host counts as silent. A host sends a message every 95
 * ms during a run, and every second otherwise.
 */
const SILENT_AFTER_MS = { running: 300, idle: 2000 };

/** The limit for a failing host to send its last events. The host may wait for a dead thread. */
const LAST_EVENTS_WITHIN_MS = 300;

/** The error of a run that the host refused. Nothing ran. */
export class Refused extends Error {
  /** @param {Refusal[]} refusals */
  constructor(refusals) {
    super(refusals.map((refusal) => refusal.sentence).join(' '));
    this.name = 'Refused';
    this.refusals = refusals;
  }
}

/** The error of a host that cannot go on. Its message is a sentence for the reader. */
export class Lost extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'Lost';
  }
}

/**
 * @typedef {object} Run
 * @property {number} id
 * @property {Promise<Omit<SentReport, keyof import('../common/messages.js').Interruptions>>} report   rejects with {@link Refused} or {@link Lost}
 */

/** @typedef {(live: Live, nowMs: number) => void} Watcher   called with the new events of a run */

/**
 * @typedef {object} Pending
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {Watcher} [watcher]
 */

export class HostLink {
  /** @type {Worker | null} null until the worker starts */
  #worker = null;
  /** @type {ToHost[]} the messages that wait for the worker to start */
  #outbox = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #start;
  #nextId = 1;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  /**
   * The word of shared memory into which the page writes the number of a run that has to stop. The
   * word is missing if memory cannot be shared.
   * @type {Int32Array | undefined}
   */
  #stopWord;
  #silence = 0;
  #heardAt = performance.now();
  /** The values of `isRunning` and `isSilent` when the host was lost. */
  #leftRunning = false;
  #leftSilent = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;
  /** @type {Lost | null} */
  #lost = null;
  #onLost;
  /** @type {(ready: {machine: Machine, programs: Program[]}) => void} */
  #resolveReady = () => {};
  /** @type {(error: Lost) => void} */
  #rejectReady = () => {};

  /**
   * @param {number} processors              the number of threads in the pool; 0 without isolation
   * @param {boolean} guests                 whether the host has to execute guests
   * @param {number} hold                    ms to wait before the worker starts
   * @param {(error: Lost) => void} onLost   called at most once
   */
  constructor(processors, guests, hold, onLost) {
    this.#onLost = onLost;
    /** @type {Promise<{machine: Machine, programs: Program[]}>} */
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    this.ready.catch(() => {}); // onLost tells the owner of the link
    this.#post({ type: 'open', processors, guests, poolWithinMs: poolWithinMs(processors) });
    if (hold > 0) this.#start = setTimeout(() => this.#startWorker(processors), hold);
    else this.#startWorker(processors);
  }

  /** Whether a run is in progress in the host. For a lost host: the value when it was lost. */
  get isRunning() {
    return this.#lost ? this.#leftRunning : [...this.#pending.values()].some(({ watcher }) => watcher);
  }

  /** Whether the host has started but is silent. For a lost host: the value when it was lost. */
  get isSilent() {
    if (this.#lost) return this.#leftSilent;
    const limit = this.isRunning ? SILENT_AFTER_MS.running : SILENT_AFTER_MS.idle;
    return this.#watch !== undefined && performance.now() - this.#heardAt > limit;
  }

  /**
   * @param {string} program
   * @param {Values} params
   * @param {Options} options
   * @returns {Promise<Refusal[]>} empty if the program can run with these values
   */
  check(program, params, options) {
    return this.#ask((id) => ({ type: 'check', id, program, params, options })).answer;
  }

  /**
   * @param {{program: string, params: Values, options: Options, images?: import('../common/messages.js').PixelImage[], unseen?: boolean}} what
   * @param {Watcher} watcher
   * @returns {Run}
   */
  run({ program, params, options, images = [], unseen = false }, watcher) {
    const { id, answer } = this.#ask((id) => ({ type: 'run', id, program, params, options, images, unseen }), watcher);
    return { id, report: answer };
  }

  /**
   * Tells whether the site's service worker answers the host's requests within a time.
   * @param {number} limitMs
   * @returns {Promise<boolean>}
   */
  reach(limitMs) {
    return this.#ask((id) => ({ type: 'reach', id, limitMs })).answer;
  }

  /**
   * Stops a run in two ways. The word of shared memory reaches processors that compute, even if the
   * host has to wait for a core. The message is for parked processors, which do not read the word.
   * @param {number} id   of the run
   */
  stop(id) {
    if (this.#lost) return;
    if (this.#stopWord) Atomics.store(this.#stopWord, 0, id);
    this.#post({ type: 'stop', id });
  }

  /**
   * Asks for the report so far on a run that was told to stop but has not ended. If the run has
   * ended, the host does not answer.
   * @param {number} run
   * @returns {Run['report']}
   */
  soFar(run) {
    return this.#ask((id) => ({ type: 'soFar', id, run })).answer;
  }

  /**
   * Resolves the promise of a run with this report, although the run has not ended.
   * @param {number} run
   * @param {Awaited<Run['report']>} report
   */
  settleFor(run, report) {
    this.#settle(run)?.resolve(report);
  }

  /**
   * @param {number[]} runs   the ids of the runs; several runs of one lane are repeats
   * @returns {Promise<import('../common/messages.js').Verdict[]>}
   */
  compare(runs) {
    return this.#ask((id) => ({ type: 'compare', id, runs })).answer;
  }

  /**
   * Asks how a program scales, judged from several of its runs.
   * @param {number[]} processors   of each run
   * @param {number[]} wallMs       of each run
   * @param {boolean} growing       whether each run on n processors did n times the work
   * @returns {Promise<import('../common/messages.js').Scaling>}
   */
  scale(processors, wallMs, growing) {
    return this.#ask((id) => ({ type: 'scale', id, processors, wallMs, growing })).answer;
  }

  /** @param {string} sentence   the error message with which pending requests reject */
  close(sentence) {
    this.#end(new Lost(sentence));
  }

  /** @param {number} processors */
  #startWorker(processors) {
    this.#worker = new Worker(new URL('host/host.js', FOLDER), { type: 'module', name: 'host' });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onmessageerror = () =>
      this.#lose('The worker that runs the programs sent a message that cannot be read.');
    this.#worker.onerror = (event) => {
      const what = this.#watch === undefined ? 'did not load' : 'could not go on';
      this.#lose(`The worker that runs the programs ${what}${event.message ? ` (${event.message})` : ''}.`);
    };
    this.#limit = setTimeout(
      () => this.#lose('The worker that runs the programs did not start in time.'),
      poolWithinMs(processors) + HOST_WITHIN_MS,
    );
    for (const message of this.#outbox.splice(0)) this.#worker.postMessage(message);
  }

  /** @param {ToHost} message */
  #post(message) {
    if (this.#worker) this.#worker.postMessage(message);
    else this.#outbox.push(message);
  }

  /**
   * @param {(id: number) => ToHost} message
   * @param {Watcher} [watcher]
   * @returns {{id: number, answer: Promise<any>}}
   */
  #ask(message, watcher) {
    const id = this.#nextId++;
    const answer = new Promise((resolve, reject) => {
      if (this.#lost) {
        reject(this.#lost);
        return;
      }
      this.#pending.set(id, { resolve, reject, watcher });
      this.#post(message(id));
    });
    return { id, answer };
  }

  /** @param {FromHost} message */
  #receive(message) {
    this.#silence = 0;
    this.#heardAt = performance.now();
    switch (message.type) {
      case 'ready':
        clearTimeout(this.#limit);
        this.#watch = setInterval(() => this.#countTick(), 1000);
        this.#stopWord = message.stopWord;
        this.#resolveReady(message);
        break;
      case 'failing':
        clearTimeout(this.#limit);
        this.#limit = setTimeout(() => this.#lose(message.sentence), LAST_EVENTS_WITHIN_MS);
        break;
      case 'failed':
        this.#lose(message.sentence);
        break;
      case 'checked':
        this.#settle(message.id)?.resolve(message.refusals);
        break;
      case 'reached':
        this.#settle(message.id)?.resolve(message.answered);
        break;
      case 'refused':
        this.#settle(message.id)?.reject(new Refused(message.refusals));
        break;
      case 'compared':
        this.#settle(message.id)?.resolve(message.verdicts);
        break;
      case 'scaled':
        this.#settle(message.id)?.resolve(message.scaling);
        break;
      case 'report':
      case 'toldSoFar':
        this.#settle(message.id)?.resolve(message.report);
        break;
      case 'progress':
        this.#pending.get(message.id)?.watcher?.(message.live, message.nowMs);
        break;
      case 'beat':
        break;
    }
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  /**
   * Counts the ticks of the timer since the last message. The count does not depend on the clock.
   * The clock jumps when the machine sleeps, although nothing has failed.
   */
  #countTick() {
    if (++this.#silence > SILENT_BEATS) {
      this.#lose(`The worker that runs the programs has not answered for ${SILENT_BEATS} seconds.`);
    }
  }

  /** @param {string} sentence */
  #lose(sentence) {
    if (this.#lost) return;
    const lost = new Lost(sentence);
    this.#end(lost);
    this.#onLost(lost);
  }

  /** @param {Lost} lost */
  #end(lost) {
    if (this.#lost) return;
    [this.#leftRunning, this.#leftSilent] = [this.isRunning, this.isSilent];
    this.#lost = lost;
    clearTimeout(this.#start);
    clearTimeout(this.#limit);
    clearInterval(this.#watch);
    this.#worker?.terminate();
    this.#stopWord = undefined; // a reference to the word keeps the module's whole memory alive
    this.#rejectReady(lost);
    for (const { reject } of this.#pending.values()) reject(lost);
    this.#pending.clear();
  }
}
