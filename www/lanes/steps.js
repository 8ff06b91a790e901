/**
 * What stands between the lanes: what changes from each to the next, and after their runs what the
 * two show together.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {Exclude<Lane, 'sequential'>} Below
 */
import { make } from '../common/dom.js';

export class Steps {
  /** By the lane below each. @type {Record<Below, HTMLElement>} */
  elements = {
    concurrent: make('div', { class: 'step' }),
    parallel: make('div', { class: 'step' }),
  };
  /** The sentences about runs, by the lane below them. @type {Partial<Record<Lane, string[]>>} */
  findings = {};

  /**
   * What two neighbouring lanes show together.
   * @param {Lane} below
   * @param {string[]} findings
   */
  found(below, findings) {
    if (below === 'sequential' || findings.length === 0) return;
    this.findings[below] = findings;
    this.elements[below].classList.add('found');
    this.elements[below].replaceChildren(...findings.map((finding) => make('p', {}, finding)));
  }

  /**
   * Nothing is known of the two any more.
   * @param {Below} below
   * @param {string} caption   what changes between them
   * @param {boolean} hidden
   */
  forget(below, caption, hidden) {
    delete this.findings[below];
    const step = this.elements[below];
    step.classList.remove('found');
    step.replaceChildren(make('p', {}, caption));
    step.hidden = hidden;
  }
}
