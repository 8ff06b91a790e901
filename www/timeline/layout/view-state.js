/**
 * The state of the view: the part of the time axis, the rows, and what else is drawn. All lanes
 * share one state, because the reader compares the lanes.
 */
import { Viewport } from './viewport.js';

/**
 * The reader's selection: an interval of a task, or the time `ms` in the row of a group. `interval`
 * is an index into the `tasks` of the lane's index. For a group, `interval` is -1.
 * @typedef {import('../../common/lanes.js').Lane} Lane
 * @typedef {{lane: Lane, interval: number, group?: string, ms?: number}} Selection
 */

export class ViewState {
  /** @type {Viewport | null} null: the whole axis */
  viewport = null;
  /** @type {'task' | 'processor'} what a row shows */
  by = 'task';
  /** The text that the names of the shown tasks contain. */
  find = '';
  /** @type {string | null} the name of the one task that is shown */
  only = null;
  /** Keys of the groups whose tasks have rows. @type {ReadonlySet<string>} */
  opened = new Set();
  /** Whether each processor has a row in the strip, even if there are many processors. */
  eachProcessor = false;
  levels = false;
  channels = false;
  arrows = false;
  /** @type {Selection | null} */
  selection = null;
  /** The line of source whose intervals are marked. @type {import('../../common/messages.js').SourceLine | null} */
  line = null;
  /** @type {number | null} the time up to which all lanes are replayed; null: no replay */
  replayMs = null;

  /** Updates the controls after a lesson has changed the state. */
  sync = () => {};

  #wholeMs = 1;
  #changed;
  /** `asked`: whether the lesson asks for arrows; `own`: whether the reader had chosen arrows. */
  #arrows = { asked: false, own: false };

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {Partial<Pick<ViewState, 'by' | 'find' | 'only' | 'eachProcessor' | 'levels' | 'channels' | 'arrows' | 'selection' | 'line' | 'replayMs'>>} what */
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
   * Shows or hides the arrows when a lesson opens. After a lesson that asks for arrows, the
   * reader's own choice is used again.
   * @param {boolean} arrows
   */
  openWith(arrows) {
    if (!this.#arrows.asked) this.#arrows.own = this.arrows;
    this.#arrows.asked = arrows;
    this.set({ arrows: arrows || this.#arrows.own });
    this.sync();
  }

  /** Closes all groups and the strip, because another program has other groups. */
  closeAll() {
    this.opened = new Set();
    this.eachProcessor = false;
  }

  /**
   * Ends the selection, the replay and the zoom, because another program is shown or the same
   * program runs again.
   */
  forget() {
    this.set({ selection: null, replayMs: null });
    this.viewport = null;
  }

  /**
   * Adapts the view to an axis and returns the part of the axis that is in view.
   * @param {number} wholeMs
   * @returns {Viewport}
   */
  adaptTo(wholeMs) {
    this.#wholeMs = wholeMs;
    if (this.viewport) this.viewport = this.viewport.onAxis(wholeMs);
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
   * @param {number} ms       time whose place on the screen stays the same
   * @param {number} factor   above 1: zoom in
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

  /** @param {number} share   the distance to move / the length of the view */
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
   * Moves the view if a time is outside the view. The time is then inside the view, at an eighth of
   * the view's length from the edge.
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
