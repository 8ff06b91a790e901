/**
 * A labelled control with its limits, its unit and a help text. If the value is refused, the field
 * also shows the error message.
 */
import { whole } from '../common/words.js';
import { make } from '../common/dom.js';

/**
 * @typedef {object} FieldWords
 * @property {string} name
 * @property {string} label
 * @property {string} unit
 * @property {number | null} min     the limits of the number, or of each number in a list; null if there is no limit
 * @property {number | null} max
 * @property {string} help
 * @property {string[]} choices      the words of a choice; empty for other kinds
 * @property {'numeric' | 'decimal' | 'text'} inputmode
 * @property {boolean} wide          whether the field has room for more than one number
 */

export class Field {
  /**
   * @param {FieldWords} words
   * @param {() => void} changed   is called when the reader has committed a value
   */
  constructor(words, changed) {
    const id = `field-${words.name}`;
    this.name = words.name;
    this.refusal = make('p', { class: 'refusal', id: `${id}-refusal`, hidden: true });
    this.note = make('p', { class: 'note', id: `${id}-note`, hidden: true });
    const described = `${id}-limits ${id}-unit ${id}-refusal ${id}-note ${id}-help`;
    this.control =
      words.choices.length > 0
        ? make(
            'select',
            { id, name: words.name, 'aria-describedby': described },
            ...words.choices.map((choice) => make('option', { value: choice }, choice)),
          )
        : make('input', {
            id,
            name: words.name,
            type: 'text',
            inputmode: words.inputmode,
            autocomplete: 'off',
            spellcheck: 'false',
            'aria-describedby': described,
          });
    this.control.addEventListener('change', changed);
    this.element = make(
      'div',
      { class: words.wide ? 'field wide' : 'field' },
      make(
        'div',
        { class: 'field-head' },
        make('label', { for: id }, words.label),
        ' ',
        make('span', { class: 'limits', id: `${id}-limits` }, limits(words)),
      ),
      make('div', { class: 'box' }, this.control, make('span', { class: 'unit', id: `${id}-unit` }, words.unit)),
      this.refusal,
      this.note,
      make('p', { class: 'help', id: `${id}-help` }, words.help),
    );
  }

  get text() {
    return this.control.value;
  }

  set text(text) {
    // A select drops a value that is not among its options. A value of the URL must be kept, so
    // that the host can refuse it.
    if (this.control instanceof HTMLSelectElement && ![...this.control.options].some((o) => o.value === text)) {
      this.control.append(make('option', { value: text }, text));
    }
    this.control.value = text;
  }

  /** @param {string} text   is shown while the field is empty */
  set placeholder(text) {
    if (this.control instanceof HTMLInputElement) this.control.placeholder = text;
  }

  /** @param {string} sentence   the error message; empty if the value is not refused */
  refuse(sentence) {
    this.refusal.textContent = sentence;
    this.refusal.hidden = sentence === '';
    if (sentence) this.control.setAttribute('aria-invalid', 'true');
    else this.control.removeAttribute('aria-invalid');
  }
}

/**
 * @param {Pick<FieldWords, 'min' | 'max'>} words
 * @returns {string} "1 to 64", or empty
 */
const limits = ({ min, max }) => (min === null || max === null ? '' : `${whole(min)} to ${whole(max)}`);
