/**
 * The host that the page uses. It is replaced by one with a larger pool if a run asks for more
 * processors, and by a new one after a fault. Only one host lives at a time, since two pools would
 * compete for the cores.
 *
 * A host that fails is replaced automatically once. If the next one fails before a run has ended in
 * it, the reader decides whether to try again.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 */
import { HostLink, Lost } from './host-link.js';
import { MOST_PROCESSORS } from '../common/messages.js';

/**
 * How long a loop may go on in a worker that was terminated. Chromium gives the worker 2 s to end
 * by itself before it uses force. A worker that does not respond has to end before the workers that
 * it started. A measurement beside such a loop would be wrong, so the next host waits.
 */
export const LOOPS_END_WITHIN_MS = 2200;

export class Hosts {
  /** @type {HostLink} */
  #link;
  #pool;
  #onReady;
  #onLost;
  /** Whether the current host replaces one that failed, and no run has ended in it yet. */
  #isReplacement = false;

  /**
   * @param {(machine: Machine, programs: Program[]) => void} onReady   called when a host is ready
   * @param {(error: Lost, restarting: boolean) => void} onLost
   *   called when the current host is lost; `restarting` says whether another one starts
   */
  constructor(onReady, onLost) {
    this.#onReady = onReady;
    this.#onLost = onLost;
    this.#pool = crossOriginIsolated ? Math.min(navigator.hardwareConcurrency || 1, MOST_PROCESSORS) : 0;
    this.#link = this.#open(0);
  }

  /** The current host. After a replacement it is another object, which knows no earlier runs. */
  get current() {
    return this.#link;
  }

  /**
   * Returns a host whose pool has enough workers for a run, and starts one if needed. If no pool
   * can have that number of processors, the current host stays, and it will refuse the run.
   * @param {unknown} processors
   * @returns {Promise<HostLink>}
   */
  async ensureWorkers(processors) {
    const larger =
      crossOriginIsolated &&
      typeof processors === 'number' &&
      Number.isInteger(processors) &&
      processors > this.#pool &&
      processors <= MOST_PROCESSORS;
    if (larger) {
      this.#pool = processors;
      this.replace('More workers have been started, which take the place of these.');
    }
    await this.#link.ready;
    return this.#link;
  }

  /** @param {string} sentence   the message of the error that pending requests reject with */
  replace(sentence) {
    this.#change(sentence, this.#link.isRunning);
  }

  /**
   * Replaces the current host although it has not failed, because its run does not stop.
   * @param {string} sentence
   */
  abandon(sentence) {
    this.#change(sentence, true);
    this.#onLost(new Lost(sentence), true);
  }

  /**
   * @param {string} sentence
   * @param {boolean} loops   whether something runs in the current host
   */
  #change(sentence, loops) {
    const hold = this.#hold(this.#link.isSilent, loops);
    this.#link.close(sentence);
    this.#link = this.#open(hold);
  }

  /** Notes that a run has ended in the current host. */
  noteRunEnded() {
    this.#isReplacement = false;
  }

  /**
   * Returns how long the next host has to wait for the loops of this one, in ms.
   * @param {boolean} silent   whether the host itself is in a loop
   * @param {boolean} loops    whether its workers may be in a loop
   */
  #hold(silent, loops) {
    if (silent && this.#pool > 0) return 2 * LOOPS_END_WITHIN_MS;
    return silent || loops ? LOOPS_END_WITHIN_MS : 0;
  }

  /** @param {number} hold   ms before the host may start */
  #open(hold) {
    const link = new HostLink(this.#pool, hold, (lost) => {
      if (link !== this.#link) return;
      const restarting = !this.#isReplacement;
      this.#isReplacement = true;
      if (restarting) this.#link = this.#open(this.#hold(link.isSilent, link.isRunning));
      this.#onLost(lost, restarting);
    });
    link.ready.then(
      ({ machine, programs }) => {
        if (link === this.#link) this.#onReady(machine, programs);
      },
      () => {}, // onLost was called
    );
    return link;
  }
}
