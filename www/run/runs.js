/**
 * One run at a time: lanes would fight for the cores, and then no figure would
 * mean anything. Keeps each lane's last report, and the times of all its runs that
 * had the same values, so that lanes can be compared.
 *
 * @typedef {import('./host-link.js').HostLink} HostLink
 * @typedef {import('./hosts.js').Hosts} Hosts
 * @typedef {import('../common/lanes.js').Seat} Seat
 * @typedef {import('../common/lanes.js').Found} Found
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/messages.js').Values} Values
 */
import { InterruptionWatch } from './interruptions.js';
import { seatOf } from '../common/lanes.js';
import { DEFAULT_SEED } from '../common/messages.js';
import { MOST_REPEATS, timesOf } from '../common/repeats.js';
import { isComparable } from '../common/report.js';

/**
 * A run answers Stop at its next checkpoint, in a few ms. So much time is left to threads that a busy
 * machine keeps waiting: one that hasn't by then, while its host is well, is taken for one that never will.
 */
const STOP_WITHIN_MS = 1000;

/** A host that says nothing may be writing a long report. One that is silent for so long is not. */
const SILENT_FOR_MS = 2000;

/** Where threads are many more than cores, each waits long for its turn. So many times as long, at most. */
const MOST_PATIENCE = 3;

const LOOK_MS = 50;

/** A host that is well tells at once how far a run has come. */
const TELL_WITHIN_MS = 500;

const GIVEN_UP =
  'The run did not answer to Stop in time, because a task computes without checking for Stop. So its workers have been ended, and new ones are starting.';
const UNHEARD =
  'The worker that runs the programs did not answer to Stop. So it has been ended, and the figures of the run are lost.';

/**
 * @typedef {object} Request
 * @property {Seat} seat
 * @property {string} program
 * @property {Values} params
 * @property {Options} options
 * @property {boolean} script     asked for by a script, not by the form
 * @property {{number: number, of: number}} [round]   where every lane runs several times
 * @property {import('../common/messages.js').Picture[]} [pictures]   to work on
 * @property {number} [version]   of the pictures: another one stands for other pictures
 */

/**
 * Who hears of runs while they begin, go on and end.
 * @typedef {object} Listener
 * @property {(request: Request, kept: Seat[]) => void} begin        it is about to start; the runs kept are of the same values
 * @property {() => Promise<void>} rest                              resolves when nothing is left to be drawn
 * @property {(request: Request, live: Live, nowMs: number) => void} progress
 * @property {(request: Request, report: SentReport, times: import('../common/repeats.js').Times | null) => void} finish
 *   with the times of all its runs that can be compared
 * @property {(request: Request, sentence: string) => void} cut      it will have no report
 * @property {(found: Found[]) => void} found                        what the runs say about each other
 * @property {(busy: boolean) => void} busy
 */

/**
 * What is known of a seat's runs with the same values. Its `report` is that of the last run that can
 * be compared; null: there is none.
 * @typedef {{report: SentReport | null, repeats: import('../common/repeats.js').Repeat[], link: HostLink, processors: number, key: string}} Done
 */

/** @typedef {{id: number, link: HostLink, patience: number}} Running */

export class Runs {
  #hosts;
  #listener;
  /** @type {Map<Seat, Done>} */
  #done = new Map();
  /** @type {Running | null} */
  #running = null;
  #busy = false;
  #stopping = false;
  #interruptionWatch = new InterruptionWatch();
  /** Ends a wait that comes before a run. */
  #hurry = () => {};
  /** Another object for each program that was shown: a run knows by it whether it is still looked at. */
  #audience = {};

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
   * Runs one after another. Ends early when a run is stopped.
   * @param {Request[]} requests
   * @param {() => Promise<unknown>} [before]   what has to be settled first; nothing runs where it rejects
   * @returns {Promise<SentReport[]>} rejects where a run is refused or its host is lost
   */
  async all(requests, before) {
    return this.#each(requests, (request) => this.#one(request), before);
  }

  /**
   * Runs one after another that no lane shows. Ends early when a run is stopped.
   * @param {Omit<Request, 'seat' | 'script'>[]} requests
   * @param {(report: SentReport) => void} measured
   */
  async unseen(requests, measured) {
    await this.#each(
      requests,
      async (request) => {
        const link = this.#hosts.current;
        await this.#rest();
        const run = link.run({ ...request, unseen: true }, () => {});
        const finished = await this.#finished(run, link, request.options);
        measured(finished);
        return finished;
      },
      () => {
        // One pool that is large enough for all, not a larger one for each.
        return this.#hosts.holding(Math.max(...requests.map(({ options }) => Number(options.processors ?? 1))));
      },
    );
  }

  /**
   * @template {Pick<Request, 'options'>} R
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
      // Before the first run: a larger pool means another host, which would
      // know nothing of the runs that it has to compare.
      for (const { options } of requests) await this.#unlessStopped(this.#hosts.holding(options.processors));
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

  /** Ends the run in progress, and what was to follow it. */
  stop() {
    this.#stopping = true;
    this.#hurry();
    const running = this.#running;
    if (!running) return;
    running.link.stop(running.id);
    this.#insist(running);
  }

  /**
   * Sees to it that a run which was told to stop is over soon.
   * @param {Running} running
   */
  #insist(running) {
    const told = performance.now();
    const look = setInterval(() => {
      if (this.#running !== running) {
        clearInterval(look);
        return;
      }
      const passed = performance.now() - told;
      if (passed < (running.link.isSilent ? SILENT_FOR_MS : STOP_WITHIN_MS) * running.patience) return;
      clearInterval(look);
      this.#giveUp(running);
    }, LOOK_MS);
  }

  /**
   * Ends a run's host with it. A host that is well has recorded what the run did until Stop.
   * @param {Running} running
   */
  async #giveUp(running) {
    const { id, link } = running;
    const limit = new Promise((resolve) => {
      setTimeout(resolve, TELL_WITHIN_MS, null);
    });
    const report = link.isSilent ? null : await Promise.race([link.soFar(id).catch(() => null), limit]);
    if (this.#running !== running) return; // it has ended after all
    // In this order, and at once: who waits for the report may run something in the next host.
    if (report) link.settleFor(id, report);
    this.#hosts.abandon(report ? GIVEN_UP : UNHEARD);
  }

  /** Another program is shown: the run in progress ends, and is not drawn any more. */
  leave() {
    this.stop();
    this.#done.clear();
    this.#audience = {};
  }

  /** @returns {Reports} the last runs that completed with the values now shown, and whose times tell something */
  get completed() {
    /** @type {Reports} */
    const reports = {};
    for (const [seat, { report }] of this.#done) if (report) reports[seat] = report;
    return reports;
  }

  /** @returns {import('../common/repeats.js').AllTimes} what the runs with the values now shown took */
  get times() {
    return Object.fromEntries(
      [...this.#done].map(([seat, { repeats }]) => [seat, timesOf(repeats)]).filter(([, times]) => times),
    );
  }

  /**
   * Resolves when the page has drawn what there is to draw, or Stop is pressed. Its own work would
   * take from a run that uses all cores what it leaves to one that doesn't.
   */
  #rest() {
    return this.#unlessStopped(this.#listener.rest());
  }

  /**
   * Waits for something before a run, which Stop cuts short.
   * @param {Promise<unknown>} wait
   * @returns {Promise<void>}
   */
  async #unlessStopped(wait) {
    if (this.#stopping) return;
    await Promise.race([
      wait,
      new Promise((resolve) => {
        this.#hurry = () => resolve(undefined);
      }),
    ]);
  }

  /** @param {Request} request   one that has been checked */
  async #one(request) {
    const { program, params, options, pictures } = request;
    const link = this.#hosts.current;
    const audience = this.#audience;
    const watched = () => audience === this.#audience;
    this.#begin(request);
    try {
      await this.#rest();
      const run = link.run({ program, params, options, pictures }, (live, nowMs) => {
        if (watched()) this.#listener.progress(request, live, nowMs);
      });
      const finished = await this.#finished(run, link, request.options);
      if (watched()) {
        this.#listener.finish(request, finished, this.#keep(request, link, run.id, finished));
        await this.#compare(link);
      }
      return finished;
    } catch (error) {
      if (watched()) this.#listener.cut(request, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /**
   * Waits for a run to end, which Stop can reach meanwhile; says what befell the page.
   * @param {import('./host-link.js').Run} run
   * @param {HostLink} link
   * @param {Options} options
   * @returns {Promise<SentReport>} rejects as the run does
   */
  async #finished({ id, report }, link, { processors }) {
    this.#running = { id, link, patience: patienceWith(Number(processors)) };
    if (this.#stopping) this.stop();
    this.#interruptionWatch.begin();
    try {
      const finished = { ...(await report), ...this.#interruptionWatch.end() };
      this.#hosts.prove();
      return finished;
    } finally {
      this.#running = null;
    }
  }

  /**
   * Lanes on one axis show one program with one set of values.
   * @param {Request} request
   */
  #begin(request) {
    const key = keyOf(request);
    for (const [seat, done] of this.#done) if (done.key !== key) this.#done.delete(seat);
    const own = this.#done.get(request.seat);
    // Another host knows nothing of the runs before it, and other processors are another lane.
    const repeats = own && own.link === this.#hosts.current && own.processors === processorsOf(request);
    if (!repeats) this.#done.delete(request.seat);
    this.#listener.begin(request, [...this.#done.keys()]);
  }

  /**
   * Adds a run to those that its seat has had with the same values, if its time tells something.
   * @param {Request} request
   * @param {HostLink} link
   * @param {number} id
   * @param {SentReport} report
   * @returns {import('../common/repeats.js').Times | null} what all of them took
   */
  #keep(request, link, id, report) {
    const done = this.#done.get(request.seat) ?? {
      report: null,
      repeats: [],
      link,
      processors: processorsOf(request),
      key: keyOf(request),
    };
    this.#done.set(request.seat, done);
    if (isComparable(report)) {
      done.report = report;
      done.repeats = [...done.repeats, { id, wallMs: report.wallMs }].slice(-MOST_REPEATS);
    }
    return timesOf(done.repeats);
  }

  /**
   * Compares all runs that this host knows.
   * @param {HostLink} link
   */
  async #compare(link) {
    // With one processor, Parallel is Concurrent once more.
    const known = [...this.#done].filter(
      ([seat, { link: host, report }]) => host === link && report && seatOf(report) === seat,
    );
    // A host that has been ended compares nothing. What its last run did is reported all the same.
    const verdicts = await link
      .compare(known.flatMap(([, { repeats }]) => repeats.map(({ id }) => id)))
      .catch(() => []);
    this.#listener.found(
      verdicts.map((verdict) => ({ ...verdict, above: seatOf(verdict.from), below: seatOf(verdict.to) })),
    );
  }
}

/**
 * @param {Request} request   one that has been checked
 * @returns {number} 0: all processors that there are
 */
const processorsOf = ({ options }) => Number(options.processors ?? 0);

/** @param {number} processors   NaN: as many as there are cores */
const patienceWith = (processors) =>
  Math.min(Math.max(processors / navigator.hardwareConcurrency || 1, 1), MOST_PATIENCE);

/** @param {Request} request */
function keyOf({ program, params, options, version }) {
  const values = Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([program, values, options.seed ?? DEFAULT_SEED, version ?? 0]);
}
