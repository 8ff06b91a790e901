/**
 * The host that the page uses. If a run asks for more processors, a host with a larger pool
 * replaces it. If a run has a guest, a host that executes guests replaces it. After a fault, a new host
 * replaces it. Only one host exists at a time, because two pools would compete for the cores.
 *
 * The page replaces a failed host automatically once. If the new host fails before a run has ended
 * in it, the reader decides whether to try again.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 */
import { HostLink, Lost } from './host-link.js';
import { MOST_PROCESSORS } from '../common/messages.js';

/**
 * How long a loop may go on in a worker that was terminated. Chromium waits 2 s for the worker to
 * end by itself, and then ends it by force. If the worker itself is in a loop, the workers that it
 * started end only after it. A loop would disturb the measurements of the next host, so the next
 * host waits.
 */
export const LOOPS_END_WITHIN_MS = 2200;

export class Hosts {
  /** @type {HostLink} */
  #link;
  #pool;
  /** Whether the host executes guests. Hosts for the lessons do not, so they start sooner. */
  #guests = false;
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

  /** The current host. A replacement is another object, and it knows no earlier runs. */
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

  /** Resolves when there is a host that executes guests. Starts one if needed. */
  async ensureGuests() {
    if (!this.#guests) {
      this.#guests = true;
      this.replace('Workers for programs of your own have been started, which take the place of these.');
    }
    await this.#link.ready;
  }

  /** @param {string} sentence   the error message with which pending requests reject */
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
   * @param {boolean} loops   whether a run is in progress in the current host
   */
  #change(sentence, loops) {
    const hold = this.#hold(this.#link.isSilent, loops);
    this.#link.close(sentence);
    this.#link = this.#open(hold);
  }

  /** Records that a run has ended in the current host. */
  noteRunEnded() {
    this.#isReplacement = false;
  }

  /**
   * Returns how long the next host has to wait until all loops of this host have ended, in ms.
   * @param {boolean} silent   whether the host itself is in a loop
   * @param {boolean} loops    whether the host's workers may be in a loop
   */
  #hold(silent, loops) {
    if (silent && this.#pool > 0) return 2 * LOOPS_END_WITHIN_MS;
    return silent || loops ? LOOPS_END_WITHIN_MS : 0;
  }

  /** @param {number} hold   ms before the host may start */
  #open(hold) {
    const link = new HostLink(this.#pool, this.#guests, hold, (lost) => {
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
