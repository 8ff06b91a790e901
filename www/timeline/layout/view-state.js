/**
 * How the lanes are looked at: which part of the time, which rows, what is drawn
 * beside them. One for all lanes, since they are compared.
 */
import { Viewport } from './viewport.js';

/**
 * An interval of the lane's tasks, by its place in the index; or a moment of a group's row. Then
 * `interval` is -1.
 * @typedef {import('../../common/lanes.js').Lane} Lane
 * @typedef {{lane: Lane, interval: number, group?: string, ms?: number}} Selection
 */

export class ViewState {
  /** @type {Viewport | null} null: all there is */
  viewport = null;
  /** @type {'task' | 'processor'} what a row is */
  by = 'task';
  /** Part of a name. */
  find = '';
  /** @type {string | null} the name of the one task that is shown */
  only = null;
  /** Keys of the groups whose tasks have rows. @type {ReadonlySet<string>} */
  opened = new Set();
  /** Whether each processor has a row in the strip, however many there are. */
  eachProcessor = false;
  levels = false;
  channels = false;
  arrows = false;
  /** @type {Selection | null} */
  selection = null;
  /** @type {number | null} a time that all lanes are replayed to */
  replayMs = null;

  /** Brings the controls up to date when a lesson, not the reader, has changed something. */
  sync = () => {};

  #wholeMs = 1;
  #changed;
  /** Whether the lesson asked for arrows, and whether the reader did before. */
  #arrows = { asked: false, own: false };

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {Partial<Pick<ViewState, 'by' | 'find' | 'only' | 'eachProcessor' | 'levels' | 'channels' | 'arrows' | 'selection' | 'replayMs'>>} what */
  set(what) {
    Object.assign(this, what);
    this.#changed();
  }

  /**
   * Opens a group in all lanes, or closes it.
   * @param {string} key
   */
  toggle(key) {
    const opened = new Set(this.opened);
    if (!opened.delete(key)) opened.add(key);
    this.opened = opened;
    this.#changed();
  }

  /**
   * Another lesson opens, perhaps with arrows. The reader's own choice is back in the lesson after it.
   * @param {boolean} arrows
   */
  openWith(arrows) {
    if (!this.#arrows.asked) this.#arrows.own = this.arrows;
    this.#arrows.asked = arrows;
    this.set({ arrows: arrows || this.#arrows.own });
    this.sync();
  }

  /** Another program has other groups. */
  closeAll() {
    this.opened = new Set();
    this.eachProcessor = false;
  }

  /** Another program is shown, or the same one runs again: what was picked is no more. */
  forget() {
    this.set({ selection: null, replayMs: null });
    this.viewport = null;
  }

  /**
   * The part of an axis that is in view.
   * @param {number} wholeMs
   * @returns {Viewport}
   */
  on(wholeMs) {
    this.#wholeMs = wholeMs;
    if (this.viewport) this.viewport = this.viewport.on(wholeMs);
    return this.viewport ?? new Viewport(0, wholeMs, wholeMs);
  }

  get #view() {
    return this.viewport ?? new Viewport(0, this.#wholeMs, this.#wholeMs);
  }

  /** @param {Viewport} viewport */
  #show(viewport) {
    this.viewport = viewport.whole ? null : viewport;
    this.#changed();
  }

  /**
   * @param {number} ms       stays where it is
   * @param {number} factor   above 1: nearer
   */
  zoom(ms, factor) {
    this.#show(this.#view.zoom(ms, factor));
  }

  /** @param {number} factor */
  zoomAtMiddle(factor) {
    this.zoom((this.#view.startMs + this.#view.endMs) / 2, factor);
  }

  /** @param {number} ms */
  pan(ms) {
    this.#show(this.#view.pan(ms));
  }

  /** @param {number} share   of what is in view */
  panBy(share) {
    this.pan(this.#view.lengthMs * share);
  }

  /**
   * @param {number} startMs
   * @param {number} endMs
   */
  showStretch(startMs, endMs) {
    this.#show(this.#view.show(startMs, endMs));
  }

  /**
   * Moves as little as needed, so that a time is in view.
   * @param {number} ms
   */
  reveal(ms) {
    const { startMs, endMs, lengthMs } = this.#view;
    if (ms < startMs) this.pan(ms - startMs - lengthMs / 8);
    else if (ms > endMs) this.pan(ms - endMs + lengthMs / 8);
  }

  fit() {
    this.viewport = null;
    this.#changed();
  }
}
