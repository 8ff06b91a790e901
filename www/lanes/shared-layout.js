/**
 * What the drawings of all lanes share: the time axis, the plan of the rows, and the number of
 * tasks that fills the height of a group's row. The reader can compare the lanes by eye only if
 * these three are the same in all lanes.
 *
 * @typedef {import('./lane-view.js').LaneView} LaneView
 * @typedef {import('../timeline/layout/rows.js').RowPlan} RowPlan
 */
import { NO_PLAN, planRows } from '../timeline/layout/rows.js';
import { growingEnd } from '../timeline/layout/ticks.js';
import { TimeScale } from '../timeline/layout/time-scale.js';

/** The width, in a drawing's units, below which rows are smaller and names have less room. */
const NARROW = 480;

/** The width of the names, in a drawing's units. */
const NAMES = { narrow: 72, wide: 96 };

/** The number of rows for which a lane has room before the first run. */
const ROWS_BEFORE = 5;

/** The text size, in CSS pixels, at which a drawing's unit is one CSS pixel. */
const USUAL_TEXT = 16;

export class SharedLayout {
  /** The width of each drawing, in its units; 0 before the page is laid out. */
  width = 0;
  /** A drawing's unit of length, in CSS pixels. Drawings grow with the text size of the page. */
  unit = 1;
  #lanes;
  #viewState;
  #plan = NO_PLAN;
  /** @type {unknown[]} the values from which the current plan was made */
  #plannedFor = [];
  /** @type {Record<string, number>} */
  #full = {};

  /**
   * @param {LaneView[]} lanes
   * @param {import('../timeline/layout/view-state.js').ViewState} viewState
   */
  constructor(lanes, viewState) {
    this.#lanes = lanes;
    this.#viewState = viewState;
  }

  /**
   * Adapts to a new size of the page or of its text.
   * @param {number} widthPx   the width of a drawing, in CSS pixels
   */
  resize(widthPx) {
    this.unit = (parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL_TEXT) / USUAL_TEXT;
    this.width = Math.floor(widthPx) / this.unit;
  }

  get narrow() {
    return this.width < NARROW;
  }

  /** Device pixels in a drawing's unit. */
  get density() {
    return Math.min(devicePixelRatio || 1, 3) * this.unit;
  }

  /**
   * The time axis of all lanes. The axis includes the longest run that has ended. If the current
   * run takes longer than that run, the axis grows in steps.
   */
  get scale() {
    const timelines = this.#lanes.flatMap(({ timeline }) => (timeline ? [timeline] : []));
    const longest = Math.max(0, ...timelines.map(({ nowMs }) => nowMs));
    const finished = Math.max(0, ...this.#lanes.map(({ report }) => report?.wallMs ?? 0));
    const end = longest > finished || longest === 0 ? growingEnd(longest) : finished * 1.04;
    const left = this.narrow ? NAMES.narrow : NAMES.wide;
    const room = Math.max(40, this.width - left);
    const { startMs, lengthMs } = this.#viewState.adaptTo(end);
    // The start is a whole number of pixels, so a moved drawing shows the same pixels at another
    // position.
    const pixel = lengthMs / room / this.density;
    const start = Math.round(startMs / pixel) * pixel;
    return new TimeScale(start, start + lengthMs, left, room);
  }

  /**
   * The plan of the rows. The plan is a new object only if there are new tasks or the reader chose
   * other rows.
   */
  get plan() {
    const { find, only, opened } = this.#viewState;
    const groups = this.#lanes.flatMap(({ timeline }) => (timeline ? [timeline.groups] : []));
    const from = [find, only, opened, ...groups, ...groups.map(({ total }) => total)];
    if (from.length === this.#plannedFor.length && from.every((each, i) => each === this.#plannedFor[i]))
      return this.#plan;
    this.#plannedFor = from;
    this.#plan = planRows(groups, { find, only, opened });
    return this.#plan;
  }

  /**
   * By group key: the largest number of the group's tasks that existed at the same time in any
   * lane. The object is a new one only if a number has changed. Only groups that have rows are
   * included, so call `rows` first.
   */
  get full() {
    /** @type {Record<string, number>} */
    const full = {};
    for (const lane of this.#lanes)
      for (const [key, most] of lane.mostAtOnce) full[key] = Math.max(full[key] ?? 0, most);
    if (Object.entries(full).some(([key, most]) => most !== this.#full[key])) this.#full = full;
    return this.#full;
  }

  /**
   * Applies the plan to all lanes, and returns the largest number of rows in any lane.
   * @param {RowPlan} plan
   */
  rows(plan) {
    return (
      Math.max(...this.#lanes.map((lane) => lane.pickRows(plan).count)) ||
      (this.#lanes.some(({ timeline }) => timeline) ? 1 : ROWS_BEFORE)
    );
  }

  /** The maximum number of tasks that were in progress at the same time in any lane. */
  get mostTasks() {
    return Math.max(1, ...this.#lanes.map(({ report }) => report?.concurrency.max ?? 0));
  }
}
