/**
 * A question to answer before running, or to skip. What the runs say about the
 * answer is shown after them, never before.
 *
 * @typedef {import('../lessons.js').Question} QuestionWords
 * @typedef {import('../lessons.js').Reports} Reports
 */
import { make } from './dom.js';

export class Question {
  #root;
  /** @type {QuestionWords | null} */
  #words = null;
  #feedback;

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} feedback   beneath the lanes, where a reader is when they have run
   */
  constructor(root, feedback) {
    this.#root = root;
    this.#feedback = feedback;
  }

  /** @param {QuestionWords | null} words */
  show(words) {
    this.clear();
    if (words === this.#words) return; // an answer that was given stays
    this.#words = words;
    this.#root.hidden = words === null;
    if (!words) return;
    this.#root.replaceChildren(
      make('fieldset', { class: 'question' },
        make('legend', {}, words.text),
        make('div', { class: 'answers' }, ...words.options.map(({ id, label }) =>
          make('label', { class: 'answer' },
            make('input', { type: 'radio', name: 'answer', value: id }),
            make('span', {}, label))))));
  }

  /** Runs start: what was said of earlier ones no longer holds. */
  clear() {
    this.#feedback.hidden = true;
  }

  /**
   * @param {Reports} reports
   * @returns {string} whether the reader was right; empty when no answer was given or none can be
   */
  judge(reports) {
    const verdict = this.#words?.judge(reports);
    if (!this.#words || !verdict) return '';
    const chosen = this.#root.querySelector('input:checked');
    const label = this.#words.options.find(({ id }) => id === verdict.answer)?.label ?? '';
    const answered = chosen instanceof HTMLInputElement;
    const opening = !answered ? `Here it was: ${label}.`
      : chosen.value === verdict.answer ? `As you said: ${label}.` : `Not as you said: ${label}.`;
    this.#feedback.replaceChildren(
      make('span', { class: 'asked' }, this.#words.text), ' ', make('strong', {}, opening), ` ${verdict.because}`);
    this.#feedback.hidden = false;
    return answered ? opening : '';
  }
}
