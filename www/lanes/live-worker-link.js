/**
 * The page's connection to the worker of timeline/drawing/live-worker.js, which draws runs while
 * they go on.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../timeline/drawing/live-drawing.js').SentScene} SentScene
 * @typedef {import('../timeline/drawing/live-worker.js').ToLive} ToLive
 */
import { FOLDER } from '../common/folder.js';

/**
 * The time from the worker's creation within which the worker has to answer `whenDrawn` for the
 * first time. After this time, the page treats the worker as failed.
 */
const START_WITHIN_MS = 20_000;

export class LiveWorkerLink {
  /** @type {Worker | null} null until the first run */
  #worker = null;
  /** Whether the worker has failed. If so, {@link whenDrawn} resolves at once. */
  #failed = false;
  /** @type {(() => void)[]} one for each `whenDrawn` without an answer */
  #waiting = [];

  /**
   * Begins the drawing of a run. Each run needs a new canvas, because a canvas can be handed to a
   * worker only once.
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
   * @param {Live} live    the columns in `live.states` are transferred; the caller loses them. The
   *   output is not sent, because the worker does not show it.
   * @param {number} nowMs
   */
  progress(lane, live, nowMs) {
    this.#post(
      { type: 'progress', lane, live: { ...live, output: [] }, nowMs },
      Object.values(live.states).map(({ buffer }) => buffer),
    );
  }

  /**
   * @param {Lane} lane
   * @param {SentScene} scene
   */
  setScene(lane, scene) {
    this.#post({ type: 'scene', lane, scene });
  }

  /** @param {Lane} lane   the lane that the worker stops drawing */
  end(lane) {
    this.#post({ type: 'end', lane });
  }

  /**
   * @returns {Promise<void>} resolves when the worker has handled all messages sent so far, when it
   *   fails, or at once if there is no worker
   */
  whenDrawn() {
    if (!this.#worker || this.#failed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#post({ type: 'whenDrawn' });
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
    const worker = new Worker(new URL('timeline/drawing/live-worker.js', FOLDER), {
      type: 'module',
      name: 'live timelines',
    });
    const fail = () => {
      this.#failed = true;
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
    const start = setTimeout(fail, START_WITHIN_MS);
    worker.addEventListener('message', () => {
      clearTimeout(start);
      this.#waiting.shift()?.();
    });
    worker.addEventListener('error', fail);
    return worker;
  }
}
