/**
 * A question that the reader may answer before the runs. The feedback to the answer is shown only
 * after the runs.
 *
 * @typedef {import('../common/lanes.js').RunSlot} RunSlot
 * @typedef {import('./lessons/lesson.js').Question} Words
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('./lessons/lesson.js').VerdictOn} VerdictOn
 */
import { SLOT_NAMES } from '../common/lanes.js';
import { list } from '../common/words.js';
import { make } from '../common/dom.js';

export class Question {
  #root;
  /** @type {Words | null} */
  #words = null;
  #feedback;
  #tell;
  /** @type {Reports} the last completed run of each slot with the current values */
  #reports = {};
  /** @type {VerdictOn} the verdicts on the steps between these runs */
  #verdictOn = () => undefined;
  /** Whether runs have begun since the last judgement. */
  #running = false;
  /** The values of the runs whose result was visible before the answer. Empty if none was. */
  #tooLateFor = '';

  /**
   * @param {HTMLElement} root
   * @param {HTMLElement} feedback   stands below the lanes, where the reader is after the runs
   * @param {(sentence: string) => void} tell   announces a sentence immediately
   */
  constructor(root, feedback, tell) {
    this.#root = root;
    this.#feedback = feedback;
    this.#tell = tell;
    root.addEventListener('change', () => this.#answered());
  }

  /** @param {Words | null} words */
  show(words) {
    this.clear();
    this.#running = false;
    this.#reports = {};
    if (words === this.#words) return; // keeps an answer that was given
    this.#words = words;
    this.#tooLateFor = '';
    this.#root.hidden = words === null;
    if (!words) return;
    this.#root.replaceChildren(
      make(
        'fieldset',
        { class: 'question' },
        make('legend', {}, words.text),
        make(
          'div',
          { class: 'answers' },
          ...words.options.map(({ id, label }) =>
            make(
              'label',
              { class: 'answer' },
              make('input', { type: 'radio', name: 'answer', value: id }),
              make('span', {}, label),
            ),
          ),
        ),
      ),
    );
  }

  /** Hides the feedback on earlier runs, because new runs start. */
  clear() {
    this.#feedback.hidden = true;
    this.#running = true;
  }

  /**
   * @param {Reports} reports   the last completed run of each slot with the current values
   * @param {VerdictOn} verdictOn
   */
  setReports(reports, verdictOn) {
    this.#reports = reports;
    this.#verdictOn = verdictOn;
  }

  /** @returns {{question: string, answer: string, late: boolean, feedback: string} | null} what the page shows; null if there is no question */
  get shown() {
    if (!this.#words) return null;
    return {
      question: this.#words.text,
      answer: this.#chosen?.label ?? '',
      late: this.#isLate,
      feedback: this.#feedback.hidden ? '' : (this.#feedback.querySelector('.judgement')?.textContent ?? ''),
    };
  }

  /** @returns {string} whether the reader was right; empty if that is unknown */
  judge() {
    this.#running = false;
    const reports = this.#reports;
    const words = this.#words;
    if (!words) return '';
    const chosen = this.#chosen;
    const missing = words.needs.filter((slot) => !reports[slot]);
    if (missing.length > 0) {
      // A reader who gave no answer needs no feedback.
      if (chosen) this.#say('Not answered yet:', lacking(missing));
      return '';
    }
    const { answer, because } = words.judge(/** @type {Required<Reports>} */ (reports), this.#verdictOn);
    const predicted = chosen ? `You ${this.#isLate ? 'answered' : 'predicted'} “${chosen.label}”; your` : 'Your';
    const late = chosen && this.#isLate ? ` ${NO_PREDICTION}` : '';
    if (answer === null) {
      this.#say(`${predicted} run cannot tell whether this is right.`, because + late);
      return '';
    }
    const label = words.options.find(({ id }) => id === answer)?.label ?? '';
    const opening = `${predicted} run shows “${label}”${chosen?.id === answer ? ', too' : ''}.`;
    const instead = chosen?.id === answer ? undefined : chosen?.instead?.[answer];
    this.#say(opening, (instead ? `${because} ${instead}` : because) + late);
    return !chosen
      ? ''
      : chosen.id === answer
        ? 'The result is what you predicted.'
        : 'The result is not what you predicted.';
  }

  /**
   * Handles the reader's choice of an answer. Before the runs, the answer is a prediction. After
   * the runs, the feedback is shown immediately.
   */
  #answered() {
    const words = this.#words;
    if (!words) return;
    const seen = words.needs.filter((slot) => this.#reports[slot]).length;
    // While runs are in progress, the results of the runs that have ended are already visible.
    const late = seen === words.needs.length || (this.#running && seen > 0);
    this.#tooLateFor = late ? valuesOf(this.#reports) : '';
    if (!late) return;
    const shown = seen === words.needs.length ? this.judge() : '';
    this.#tell(`${shown} ${NO_PREDICTION}`.trim());
  }

  get #isLate() {
    return this.#tooLateFor !== '' && this.#tooLateFor === valuesOf(this.#reports);
  }

  get #chosen() {
    const input = this.#root.querySelector('input:checked');
    return input instanceof HTMLInputElement
      ? (this.#words?.options.find(({ id }) => id === input.value) ?? null)
      : null;
  }

  /**
   * @param {string} opening
   * @param {string} rest
   */
  #say(opening, rest) {
    this.#feedback.replaceChildren(
      make('span', { class: 'asked' }, this.#words?.text ?? ''),
      ' ',
      make('span', { class: 'judgement' }, make('strong', {}, opening), ` ${rest}`),
    );
    this.#feedback.hidden = false;
  }
}

const NO_PREDICTION = 'This answer is not a prediction: the result was already visible.';

/** @param {readonly RunSlot[]} missing */
const lacking = (missing) =>
  `${list(missing.map((slot) => SLOT_NAMES[slot]))} ${missing.length === 1 ? 'has' : 'have'} not completed with these values.`;

/**
 * Returns the values as a text, to compare them. Equal values give equal texts.
 * @param {Reports} reports   reports of runs with the same values; may be empty
 */
function valuesOf(reports) {
  const [report] = Object.values(reports);
  return report ? JSON.stringify([report.params, report.seed]) : '';
}
