/**
 * Executes one run at a time. Simultaneous runs would compete for the cores, and their figures
 * would mean nothing. For comparisons, this module keeps the last report of each lane, and the
 * times of all runs of the lane with the same values.
 *
 * @typedef {import('./host-link.js').HostLink} HostLink
 * @typedef {import('./hosts.js').Hosts} Hosts
 * @typedef {import('../common/lanes.js').RunSlot} RunSlot
 * @typedef {import('../common/lanes.js').SlotVerdict} SlotVerdict
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/messages.js').Values} Values
 */
import { InterruptionWatch } from './interruptions.js';
import { slotOf } from '../common/lanes.js';
import { DEFAULT_SEED } from '../common/messages.js';
import { MOST_REPEATS, timesOf } from '../common/repeats.js';
import { isComparable } from '../common/report.js';

/**
 * How long a run may take to stop while its host answers. A run stops at its next checkpoint,
 * within a few ms, but on a busy machine its threads may wait for a core. A run that takes longer
 * is expected never to stop.
 */
const STOP_WITHIN_MS = 1000;

/** How long a silent host may take to stop its run. The host may be writing a long report. */
const SILENT_FOR_MS = 2000;

/**
 * The largest factor by which the two limits are multiplied. If there are more threads than cores,
 * each thread waits longer for a core.
 */
const MOST_TIME_FACTOR = 3;

const CHECK_EVERY_MS = 50;

/** How long the host may take to report on a run so far. A host that works answers at once. */
const REPORT_WITHIN_MS = 500;

const GIVEN_UP =
  'The run did not answer to Stop in time, because a task computes without checking for Stop. So its workers have been ended, and new ones are starting.';
const NO_ANSWER =
  'The worker that runs the programs did not answer to Stop. So it has been ended, and the figures of the run are lost.';

/**
 * @typedef {object} RunRequest
 * @property {RunSlot} slot
 * @property {string} program
 * @property {Values} params
 * @property {Options} options
 * @property {boolean} script     whether a script asked for the run, not the form
 * @property {{number: number, of: number}} [round]   is given if every lane runs several times
 * @property {import('../common/messages.js').PixelImage[]} [images]   the images that the program works on
 * @property {number} [version]   of the images; other images have another version
 */

/**
 * The functions that are called when runs begin, make progress and end.
 * @typedef {object} Listener
 * @property {(request: RunRequest, kept: RunSlot[]) => void} begin
 *   called before a run; `kept` are the slots that keep runs with the same values
 * @property {() => Promise<void>} whenDrawn                         resolves when the page has drawn everything
 * @property {(request: RunRequest, live: Live, nowMs: number) => void} progress
 * @property {(request: RunRequest, report: SentReport, times: import('../common/repeats.js').Times | null) => void} finish
 *   called with the times of all runs of the slot that can be compared
 * @property {(request: RunRequest, sentence: string) => void} fail     called if a run has no report
 * @property {(verdicts: SlotVerdict[]) => void} compared            called with the verdicts on the runs
 * @property {(busy: boolean) => void} busy
 */

/**
 * What the page knows of a slot's runs with the same values. `report` is the report of the last run
 * that can be compared, or null if no run can be compared.
 * @typedef {{report: SentReport | null, repeats: import('../common/repeats.js').Repeat[], link: HostLink, processors: number, key: string}} SlotRuns
 */

/** @typedef {{id: number, link: HostLink, timeFactor: number}} Running */

export class Runs {
  #hosts;
  #listener;
  /** @type {Map<RunSlot, SlotRuns>} */
  #slots = new Map();
  /** @type {Running | null} */
  #running = null;
  #busy = false;
  #stopping = false;
  #interruptionWatch = new InterruptionWatch();
  /** Ends the current wait before a run. */
  #endWait = () => {};
  /** A new object each time another program is shown. A run with an older object is not shown. */
  #shown = {};

  /**
   * @param {Hosts} hosts
   * @param {Listener} listener
   */
  constructor(hosts, listener) {
    this.#hosts = hosts;
    this.#listener = listener;
  }

  get busy() {
    return this.#busy;
  }

  /**
   * Executes runs one after another. Ends early when a run is stopped.
   * @param {RunRequest[]} requests
   * @param {() => Promise<unknown>} [before]   called first; nothing runs if it rejects
   * @returns {Promise<SentReport[]>} rejects if a run is refused or its host is lost
   */
  async all(requests, before) {
    return this.#each(requests, (request) => this.#one(request), before);
  }

  /**
   * Executes runs that no lane shows, one after another. Ends early when a run is stopped.
   * @param {Omit<RunRequest, 'slot' | 'script'>[]} requests
   * @param {(report: SentReport) => void} measured   called with the report of each run
   */
  async unseen(requests, measured) {
    await this.#each(
      requests,
      async (request) => {
        const link = this.#hosts.current;
        await this.#whenDrawn();
        const run = link.run({ ...request, unseen: true }, () => {});
        const finished = await this.#finished(run, link, request.options);
        measured(finished);
        return finished;
      },
      () => {
        // Start one pool that is large enough for all runs, instead of a larger pool for each run.
        return this.#hosts.ensureWorkers(Math.max(...requests.map(({ options }) => Number(options.processors ?? 1))));
      },
    );
  }

  /**
   * @template {Pick<RunRequest, 'options'>} R
   * @param {R[]} requests
   * @param {(request: R) => Promise<SentReport>} run
   * @param {() => Promise<unknown>} [before]
   */
  async #each(requests, run, before) {
    if (this.#busy) {
      throw new Error('A run is in progress: wait until it has ended, or stop it.');
    }
    this.#busy = true;
    this.#stopping = false;
    this.#listener.busy(true);
    /** @type {SentReport[]} */
    const reports = [];
    try {
      await this.#unlessStopped(before?.() ?? Promise.resolve());
      // Start all workers before the first run. A larger pool needs another host, and that host
      // could not compare earlier runs.
      for (const { options } of requests) await this.#unlessStopped(this.#hosts.ensureWorkers(options.processors));
      for (const request of requests) {
        if (this.#stopping) break;
        reports.push(await run(request));
      }
    } finally {
      this.#busy = false;
      this.#listener.busy(false);
    }
    return reports;
  }

  /** Stops the run in progress, and cancels the runs after it. */
  stop() {
    this.#stopping = true;
    this.#endWait();
    const running = this.#running;
    if (!running) return;
    running.link.stop(running.id);
    this.#watchStop(running);
  }

  /**
   * Watches a run that was told to stop, and gives it up if it does not stop in time.
   * @param {Running} running
   */
  #watchStop(running) {
    const told = performance.now();
    const check = setInterval(() => {
      if (this.#running !== running) {
        clearInterval(check);
        return;
      }
      const passed = performance.now() - told;
      if (passed < (running.link.isSilent ? SILENT_FOR_MS : STOP_WITHIN_MS) * running.timeFactor) return;
      clearInterval(check);
      this.#giveUp(running);
    }, CHECK_EVERY_MS);
  }

  /**
   * Ends a run together with its host. A host that still answers first reports on the run so far.
   * @param {Running} running
   */
  async #giveUp(running) {
    const { id, link } = running;
    const limit = new Promise((resolve) => {
      setTimeout(resolve, REPORT_WITHIN_MS, null);
    });
    const report = link.isSilent ? null : await Promise.race([link.soFar(id).catch(() => null), limit]);
    if (this.#running !== running) return; // the run has ended meanwhile
    // Settle first, because `abandon` rejects the pending requests. Nothing is awaited between the
    // two calls, because the code that waits for the report may use the next host.
    if (report) link.settleFor(id, report);
    this.#hosts.abandon(report ? GIVEN_UP : NO_ANSWER);
  }

  /** Stops the run in progress and forgets all runs, because the page shows another program. */
  leave() {
    this.stop();
    this.#slots.clear();
    this.#shown = {};
  }

  /** @returns {Reports} the report of each slot's last comparable run with the same values */
  get completed() {
    /** @type {Reports} */
    const reports = {};
    for (const [slot, { report }] of this.#slots) if (report) reports[slot] = report;
    return reports;
  }

  /** @returns {import('../common/repeats.js').AllTimes} the times of each slot's runs with the same values */
  get times() {
    return Object.fromEntries(
      [...this.#slots].map(([slot, { repeats }]) => [slot, timesOf(repeats)]).filter(([, times]) => times),
    );
  }

  /**
   * Resolves when the page has drawn everything, or when Stop is pressed. Drawing during a run
   * would slow down only those runs that use all cores.
   */
  #whenDrawn() {
    return this.#unlessStopped(this.#listener.whenDrawn());
  }

  /**
   * Waits for a promise before a run. Stop ends the wait early.
   * @param {Promise<unknown>} wait
   * @returns {Promise<void>}
   */
  async #unlessStopped(wait) {
    if (this.#stopping) return;
    await Promise.race([
      wait,
      new Promise((resolve) => {
        this.#endWait = () => resolve(undefined);
      }),
    ]);
  }

  /** @param {RunRequest} request   a request that has been checked */
  async #one(request) {
    const { program, params, options, images } = request;
    const link = this.#hosts.current;
    const shown = this.#shown;
    const isShown = () => shown === this.#shown;
    this.#begin(request);
    try {
      await this.#whenDrawn();
      const run = link.run({ program, params, options, images }, (live, nowMs) => {
        if (isShown()) this.#listener.progress(request, live, nowMs);
      });
      const finished = await this.#finished(run, link, request.options);
      if (isShown()) {
        this.#listener.finish(request, finished, this.#keep(request, link, run.id, finished));
        await this.#compare(link);
      }
      return finished;
    } catch (error) {
      if (isShown()) this.#listener.fail(request, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /**
   * Waits for the end of a run, and adds the interruptions of the page to the run's report. If Stop
   * was pressed before, stops the run first.
   * @param {import('./host-link.js').Run} run
   * @param {HostLink} link
   * @param {Options} options
   * @returns {Promise<SentReport>} rejects if the run is refused or its host is lost
   */
  async #finished({ id, report }, link, { processors }) {
    this.#running = { id, link, timeFactor: timeFactorWith(Number(processors)) };
    if (this.#stopping) this.stop();
    this.#interruptionWatch.begin();
    try {
      const finished = { ...(await report), ...this.#interruptionWatch.end() };
      this.#hosts.noteRunEnded();
      return finished;
    } finally {
      this.#running = null;
    }
  }

  /**
   * Forgets the runs that cannot be compared with a new run, because all lanes show one program
   * with one set of values.
   * @param {RunRequest} request
   */
  #begin(request) {
    const key = keyOf(request);
    for (const [slot, runs] of this.#slots) if (runs.key !== key) this.#slots.delete(slot);
    const own = this.#slots.get(request.slot);
    // A repeat needs the same number of processors, and the host that knows the earlier runs.
    const repeats = own && own.link === this.#hosts.current && own.processors === processorsOf(request);
    if (!repeats) this.#slots.delete(request.slot);
    this.#listener.begin(request, [...this.#slots.keys()]);
  }

  /**
   * Adds a run to the runs of its slot with the same values, if it can be compared.
   * @param {RunRequest} request
   * @param {HostLink} link
   * @param {number} id
   * @param {SentReport} report
   * @returns {import('../common/repeats.js').Times | null} the times of all these runs
   */
  #keep(request, link, id, report) {
    const own = this.#slots.get(request.slot) ?? {
      report: null,
      repeats: [],
      link,
      processors: processorsOf(request),
      key: keyOf(request),
    };
    this.#slots.set(request.slot, own);
    if (isComparable(report)) {
      own.report = report;
      own.repeats = [...own.repeats, { id, wallMs: report.wallMs }].slice(-MOST_REPEATS);
    }
    return timesOf(own.repeats);
  }

  /**
   * Compares all kept runs that the host of `link` knows.
   * @param {HostLink} link
   */
  async #compare(link) {
    // On one processor, a run of the Parallel lane is the same as one of the Concurrent lane.
    const known = [...this.#slots].filter(
      ([slot, { link: host, report }]) => host === link && report && slotOf(report) === slot,
    );
    // A host that was ended cannot compare runs. The page still shows the report on its last run.
    const verdicts = await link
      .compare(known.flatMap(([, { repeats }]) => repeats.map(({ id }) => id)))
      .catch(() => []);
    this.#listener.compared(
      verdicts.map((verdict) => ({ ...verdict, above: slotOf(verdict.from), below: slotOf(verdict.to) })),
    );
  }
}

/**
 * @param {RunRequest} request   a request that has been checked
 * @returns {number} 0 for all processors
 */
const processorsOf = ({ options }) => Number(options.processors ?? 0);

/** @param {number} processors   NaN if the run uses all cores */
const timeFactorWith = (processors) =>
  Math.min(Math.max(processors / navigator.hardwareConcurrency || 1, 1), MOST_TIME_FACTOR);

/** @param {RunRequest} request */
function keyOf({ program, params, options, version }) {
  const values = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([program, values, options.seed ?? DEFAULT_SEED, version ?? 0]);
}
