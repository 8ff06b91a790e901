/**
 * What the lanes tell the shown code, and what they get from it. page/code-links.js connects both.
 *
 * @typedef {import('../common/messages.js').SourceLine} SourceLine
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 * @typedef {{title: string, index: RunIndex}} LinkedRun   `title`: the lane's name
 */
import { SITE } from '../common/folder.js';
import { linesOf } from '../timeline/index/lines.js';

export class CodeLink {
  /** The version of the page that ran what the lanes show; empty if it is not known. */
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

  /** @param {LinkedRun[]} runs   those that the lanes show and whose intervals are sorted */
  setRuns(runs) {
    if (runs.length === this.#runs.length && runs.every(({ index }, i) => index === this.#runs[i].index)) return;
    this.#runs = runs;
    this.onRuns(runs);
  }

  /**
   * @param {RunIndex | null} index
   * @param {number} interval   the interval of the index's tasks that is pointed at; -1 for none
   */
  setInterval(index, interval) {
    const row = index && interval >= 0 ? index.tasks.order[interval] : -1;
    if (index === this.#index && row === this.#row) return;
    this.#index = index;
    this.#row = row;
    this.onInterval(index && row >= 0 ? linesOf(index.report, row) : { at: null, from: null });
  }
}
