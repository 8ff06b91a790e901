/**
 * The page's side of the worker that draws runs while they go on.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../timeline/drawing/live-picture.js').SentScene} SentScene
 * @typedef {import('../timeline/drawing/live-worker.js').ToLive} ToLive
 */
import { FOLDER } from '../common/folder.js';

/** A worker that has not answered after so long is taken as one that does not start. */
const START_WITHIN_MS = 20_000;

export class LivePictures {
  /** @type {Worker | null} it starts with the first run */
  #worker = null;
  /** Whether it didn't start. A run is then drawn when it has ended. */
  #failed = false;
  /** @type {(() => void)[]} who waits until all is drawn */
  #resting = [];

  /**
   * A run begins. A canvas can be handed over once, so each run has one of its own.
   * @param {Lane} lane
   * @param {HTMLCanvasElement} canvas
   * @param {number} processors
   */
  begin(lane, canvas, processors) {
    const handed = canvas.transferControlToOffscreen();
    this.#post({ type: 'begin', lane, canvas: handed, processors }, [handed]);
  }

  /**
   * @param {Lane} lane
   * @param {Live} live    its columns go with it
   * @param {number} nowMs
   */
  progress(lane, live, nowMs) {
    this.#post(
      { type: 'progress', lane, live, nowMs },
      Object.values(live.states).map(({ buffer }) => buffer),
    );
  }

  /**
   * @param {Lane} lane
   * @param {SentScene} scene
   */
  look(lane, scene) {
    this.#post({ type: 'scene', lane, scene });
  }

  /** @param {Lane} lane   of which nothing is drawn any more */
  end(lane) {
    this.#post({ type: 'end', lane });
  }

  /** @returns {Promise<void>} resolves when all is drawn that was told */
  rest() {
    if (!this.#worker || this.#failed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#resting.push(resolve);
      this.#post({ type: 'rest' });
    });
  }

  /**
   * @param {ToLive} message
   * @param {Transferable[]} [transfer]
   */
  #post(message, transfer = []) {
    this.#worker ??= this.#open();
    this.#worker.postMessage(message, transfer);
  }

  #open() {
    const worker = new Worker(new URL('timeline/drawing/live-worker.js', FOLDER), { type: 'module', name: 'pictures' });
    const fail = () => {
      this.#failed = true;
      for (const rested of this.#resting.splice(0)) rested();
    };
    const start = setTimeout(fail, START_WITHIN_MS);
    worker.addEventListener('message', () => {
      clearTimeout(start);
      this.#resting.shift()?.();
    });
    worker.addEventListener('error', fail);
    return worker;
  }
}
