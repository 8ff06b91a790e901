/**
 * A question to answer before running, or to skip. What the runs say about the
 * answer is shown after them, never before.
 *
 * @typedef {import('../lanes.js').Seat} Seat
 * @typedef {import('../lessons/lesson.js').Question} Words
 * @typedef {import('../lessons/lesson.js').Reports} Reports
 */
import { SEATS } from '../lanes.js';
import { list } from '../words.js';
import { make } from './dom.js';

export class Question {
  #root;
  /** @type {Words | null} */
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

  /** @param {Words | null} words */
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

  /** @returns {{question: string, answer: string, feedback: string} | null} what is on the page now; null: no question */
  get shown() {
    if (!this.#words) return null;
    return {
      question: this.#words.text,
      answer: this.#chosen?.label ?? '',
      feedback: this.#feedback.hidden ? '' : this.#feedback.querySelector('.verdict')?.textContent ?? '',
    };
  }

  /**
   * @param {Reports} reports
   * @returns {string} whether the reader was right; empty when no answer was given or none can be
   */
  judge(reports) {
    const words = this.#words;
    if (!words) return '';
    const chosen = this.#chosen;
    const missing = words.needs.filter((seat) => !reports[seat]);
    if (missing.length > 0) {
      // Who gave no answer has not asked either.
      if (chosen) this.#say('Not answered yet:', lacking(missing));
      return '';
    }
    const { answer, because } = words.judge(/** @type {Required<Reports>} */ (reports));
    if (answer === null) {
      this.#say('These figures don’t answer it.', because);
      return '';
    }
    const label = words.options.find(({ id }) => id === answer)?.label ?? '';
    const opening = !chosen ? `Here it was: ${label}.`
      : chosen.id === answer ? `As you said: ${label}.` : `Not as you said: ${label}.`;
    const instead = chosen?.id === answer ? undefined : chosen?.instead?.[answer];
    this.#say(opening, instead ? `${because} ${instead}` : because);
    return chosen ? opening : '';
  }

  get #chosen() {
    const input = this.#root.querySelector('input:checked');
    return input instanceof HTMLInputElement ? this.#words?.options.find(({ id }) => id === input.value) ?? null : null;
  }

  /**
   * @param {string} opening
   * @param {string} rest
   */
  #say(opening, rest) {
    this.#feedback.replaceChildren(
      make('span', { class: 'asked' }, this.#words?.text ?? ''), ' ',
      make('span', { class: 'verdict' }, make('strong', {}, opening), ` ${rest}`));
    this.#feedback.hidden = false;
  }
}

/** @param {readonly Seat[]} missing */
const lacking = (missing) => `${list(missing.map((seat) => SEATS[seat]))} ${missing.length === 1 ? 'has' : 'have'} not completed with these values.`;
