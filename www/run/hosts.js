/**
 * Which host the page talks to: the first, a larger one when a run asks for
 * more processors than the pool has, a fresh one after a fault. Only one lives
 * at a time, since two pools would fight for the cores.
 *
 * A host that fails is replaced without asking, once: if the next one fails
 * before it has brought a run to its end, trying again is left to the reader.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 */
import { HostLink, Lost } from './host-link.js';
import { MOST_PROCESSORS } from '../common/messages.js';

/**
 * How long a loop may go on in a worker that was terminated. Chromium lets the
 * worker end by itself for 2 s before it uses force, and has to end a worker
 * that doesn't listen before those that this one had started. What is measured
 * beside such a loop is wrong, so the next host waits.
 */
export const LOOPS_END_WITHIN_MS = 2200;

export class Hosts {
  /** @type {HostLink} */
  #link;
  #pool;
  #onReady;
  #onLost;
  /** Whether the host in use came without being asked for and has brought no run to its end yet. */
  #onTrial = false;

  /**
   * @param {(machine: Machine, programs: Program[]) => void} onReady   for each host that opened
   * @param {(error: Lost, restarting: boolean) => void} onLost         the host in use can't go on; whether another is on its way
   */
  constructor(onReady, onLost) {
    this.#onReady = onReady;
    this.#onLost = onLost;
    this.#pool = crossOriginIsolated ? Math.min(navigator.hardwareConcurrency || 1, MOST_PROCESSORS) : 0;
    this.#link = this.#open(0);
  }

  /** The host in use. It is another object after a replacement: what an earlier one knew is gone. */
  get current() {
    return this.#link;
  }

  /**
   * Makes room for a run. Anything but a number of processors that a larger
   * pool could serve is left for the host to refuse.
   * @param {unknown} processors
   * @returns {Promise<HostLink>}
   */
  async holding(processors) {
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

  /** @param {string} sentence   why, for those who still wait for the old one */
  replace(sentence) {
    this.#change(sentence, this.#link.isRunning);
  }

  /**
   * The host in use has to go although it has not failed: what it runs can't be reached.
   * @param {string} sentence
   */
  abandon(sentence) {
    this.#change(sentence, true);
    this.#onLost(new Lost(sentence), true);
  }

  /**
   * @param {string} sentence
   * @param {boolean} loops   whether something goes on in the host in use
   */
  #change(sentence, loops) {
    const hold = this.#hold(this.#link.isSilent, loops);
    this.#link.close(sentence);
    this.#link = this.#open(hold);
  }

  /** The host in use has brought a run to its end. */
  prove() {
    this.#onTrial = false;
  }

  /**
   * How long the next host has to wait for the loops of this one, in ms.
   * @param {boolean} silent   whether one of them is the host's own
   * @param {boolean} loops    whether there are any
   */
  #hold(silent, loops) {
    if (silent && this.#pool > 0) return 2 * LOOPS_END_WITHIN_MS;
    return silent || loops ? LOOPS_END_WITHIN_MS : 0;
  }

  /** @param {number} hold   ms before it may start */
  #open(hold) {
    const link = new HostLink(this.#pool, hold, (lost) => {
      if (link !== this.#link) return;
      const restarting = !this.#onTrial;
      this.#onTrial = true;
      if (restarting) this.#link = this.#open(this.#hold(link.isSilent, link.isRunning));
      this.#onLost(lost, restarting);
    });
    link.ready.then(
      ({ machine, programs }) => {
        if (link === this.#link) this.#onReady(machine, programs);
      },
      () => {}, // onLost has said it
    );
    return link;
  }
}
