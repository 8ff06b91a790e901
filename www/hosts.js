/**
 * Which host the page talks to: the first, a larger one when a run asks for
 * more processors than the pool has, a fresh one after a fault. Only one lives
 * at a time, since two pools would fight for the cores.
 *
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Program} Program
 */
import { HostLink, Lost } from './host-link.js';
import { MOST_PROCESSORS } from './messages.js';

export class Hosts {
  /** @type {HostLink} */
  #link;
  #pool;
  #onReady;
  #onLost;

  /**
   * @param {(machine: Machine, programs: Program[]) => void} onReady   for each host that opened
   * @param {(error: Lost) => void} onLost                             the host in use can't go on
   */
  constructor(onReady, onLost) {
    this.#onReady = onReady;
    this.#onLost = onLost;
    this.#pool = crossOriginIsolated ? Math.min(navigator.hardwareConcurrency || 1, MOST_PROCESSORS) : 0;
    this.#link = this.#open();
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
    const larger = crossOriginIsolated && typeof processors === 'number' && Number.isInteger(processors)
      && processors > this.#pool && processors <= MOST_PROCESSORS;
    if (larger) {
      this.#pool = processors;
      this.replace('A larger pool of workers has taken over.');
    }
    await this.#link.ready;
    return this.#link;
  }

  /** @param {string} sentence   why, for those who still wait for the old one */
  replace(sentence) {
    this.#link.close(sentence);
    this.#link = this.#open();
  }

  #open() {
    const link = new HostLink(this.#pool, (lost) => {
      if (link === this.#link) this.#onLost(lost);
    });
    link.ready.then(
      ({ machine, programs }) => { if (link === this.#link) this.#onReady(machine, programs); },
      () => {}, // onLost has said it
    );
    return link;
  }
}
