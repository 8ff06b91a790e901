/**
 * The texts between the lanes. Before the runs, a text says what changes from one lane to the next.
 * After the runs, the text is the sentence of the verdict on the two lanes.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {Exclude<Lane, 'sequential'>} Below
 */
import { make } from '../common/dom.js';

export class StepTexts {
  /** The elements, by the lane below the element. @type {Record<Below, HTMLElement>} */
  elements = {
    concurrent: make('div', { class: 'step' }),
    parallel: make('div', { class: 'step' }),
  };
  /** The verdicts' sentences, by the lane below them. @type {Partial<Record<Lane, string[]>>} */
  findings = {};

  /**
   * Shows the sentences of the verdict on two neighbouring lanes.
   * @param {Lane} below
   * @param {string[]} findings   the sentences
   */
  show(below, findings) {
    if (below === 'sequential' || findings.length === 0) return;
    this.findings[below] = findings;
    this.elements[below].classList.add('found');
    this.elements[below].replaceChildren(...findings.map((finding) => make('p', {}, finding)));
  }

  /**
   * Drops the verdict on two neighbouring lanes.
   * @param {Below} below
   * @param {string} caption   what changes between the two lanes
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
