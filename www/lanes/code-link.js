/**
 * The interface of the lanes to the shown code. page/code-links.js connects the lanes and the code.
 *
 * @typedef {import('../common/messages.js').SourceLine} SourceLine
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 * @typedef {{title: string, index: RunIndex}} LinkedRun   `title`: the lane's name
 */
import { SITE } from '../common/folder.js';
import { linesOf } from '../timeline/index/lines.js';

export class CodeLink {
  /** The version of the page that made the shown runs; empty if the version is not known. */
  site = SITE;
  /**
   * Called with the lines of the interval that the reader points at or has selected.
   * @type {(lines: Pick<import('../timeline/index/lines.js').IntervalLines, 'at' | 'from'>) => void}
   */
  onInterval = () => {};
  /** Called when the lanes show other runs. @type {(runs: LinkedRun[]) => void} */
  onRuns = () => {};
  /** Returns some code around a line, if its file is known. @type {(line: SourceLine) => Promise<HTMLElement | null>} */
  excerpt = async () => null;

  /** @type {LinkedRun[]} */
  #runs = [];
  /** @type {RunIndex | null} */
  #index = null;
  #row = -1;

  /** @param {LinkedRun[]} runs   the runs that the lanes show, except runs not sorted yet */
  setRuns(runs) {
    if (runs.length === this.#runs.length && runs.every(({ index }, i) => index === this.#runs[i].index)) return;
    this.#runs = runs;
    this.onRuns(runs);
  }

  /**
   * @param {RunIndex | null} index
   * @param {number} interval   the interval that the reader points at or has selected, as an index
   *   into `index.tasks`; -1: none
   */
  setInterval(index, interval) {
    const row = index && interval >= 0 ? index.tasks.order[interval] : -1;
    if (index === this.#index && row === this.#row) return;
    this.#index = index;
    this.#row = row;
    this.onInterval(index && row >= 0 ? linesOf(index.report, row) : { at: null, from: null });
  }
}
