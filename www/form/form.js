/**
 * The form of a program, generated from the catalogue. The form holds text. values.js turns the
 * text into values, and the host says whether the values are allowed. The form never corrects a
 * text that was typed.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Refusal} Refusal
 * @typedef {import('../common/messages.js').Value} Value
 * @typedef {import('../common/messages.js').Values} Values
 */
import { allProcessors } from '../common/lanes.js';
import { DEFAULT_SEED, OPTION_FIELDS } from '../common/messages.js';
import { count, PROCESSOR_WORDS } from '../common/words.js';
import { numberOrText, textOf, valueIn, wholeOrText } from './values.js';
import { make } from '../common/dom.js';
import { Field } from './field.js';

const PROCESSORS = 'processors';
const SEED = 'seed';

export class Form {
  #primary;
  #more;
  #disclosure;
  #elsewhere;
  #changed;
  /** @type {Param[]} */
  #params = [];
  /** @type {Map<string, Field>} */
  #fields = new Map();
  /**
   * The values in the page's URL that have no field. The form keeps these values, so that the host
   * refuses them.
   * @type {Map<string, string[]>}
   */
  #strange = new Map();
  /** @type {Machine | null} */
  #machine = null;
  /** @type {readonly [string, string]} */
  #worker = PROCESSOR_WORDS;

  /**
   * @param {HTMLElement} root
   * @param {() => void} changed   is called when the reader has changed a value
   */
  constructor(root, changed) {
    this.#changed = changed;
    this.#primary = make('div', { class: 'fields' });
    this.#more = make('div', { class: 'fields more' });
    this.#disclosure = make(
      'details',
      { class: 'more-options', hidden: true },
      make('summary', {}, 'More'),
      this.#more,
    );
    this.#elsewhere = make('ul', { class: 'refusal', hidden: true });
    root.replaceChildren(this.#primary, this.#disclosure, this.#elsewhere);
  }

  /**
   * @param {Program} program
   * @param {Machine} machine
   * @param {readonly [string, string]} worker   the lesson's words for one processor, and for several
   * @param {Map<string, string[]>} values       the values of the URL
   */
  show(program, machine, worker, values) {
    this.#params = program.params;
    this.#machine = machine;
    this.#worker = worker;
    this.#fields.clear();
    for (const param of program.params) this.#add(wordsOf(param));
    for (const option of OPTION_FIELDS) this.#add(wordsOf(option));
    const isPrimary = (/** @type {string} */ name) =>
      [...program.params, ...OPTION_FIELDS].some((param) => param.primary && param.name === name);
    const fields = [...this.#fields.values()];
    this.#primary.replaceChildren(...fields.filter((f) => isPrimary(f.name)).map((f) => f.element));
    this.#more.replaceChildren(...fields.filter((f) => !isPrimary(f.name)).map((f) => f.element));
    this.#disclosure.hidden = false;
    this.fill(values);
  }

  /**
   * Shows the values of a URL. All other fields go back to their defaults.
   * @param {Map<string, string[]>} values
   */
  fill(values) {
    this.#strange = new Map([...values].filter(([key]) => !this.#fields.has(key)));
    for (const field of this.#fields.values()) {
      field.text = values.get(field.name)?.join(', ') ?? this.#default(field.name);
      field.placeholder = this.#default(field.name);
    }
    this.#noteProcessors();
  }

  /**
   * Shows the values of a run that the form did not start: a script's run or a recorded run.
   * @param {Values} params
   * @param {Options} options
   */
  fillFromRun(params, options) {
    const { processors, seed } = options;
    /** @type {Map<string, string[]>} */
    const values = new Map();
    for (const [name, value] of Object.entries(params)) values.set(name, [textOf(value)]);
    const kept = this.#fields.get(PROCESSORS)?.text ?? '';
    // A run on one processor belongs to another lane. So the field keeps the Parallel lane's
    // number.
    values.set(PROCESSORS, [processors === undefined || processors === 1 ? kept : String(processors)]);
    if (seed !== undefined) values.set(SEED, [String(seed)]);
    this.fill(values);
  }

  /** @returns {Values} */
  get values() {
    /** @type {Values} */
    const values = {};
    for (const param of this.#params) {
      const value = valueIn(param, this.#fields.get(param.name)?.text ?? '');
      if (value !== undefined) values[param.name] = value;
    }
    for (const [name, texts] of this.#strange) values[name] = one(texts.map(numberOrText));
    return values;
  }

  /** @returns {Options} the options, with the Parallel lane's number of processors */
  get options() {
    /** @type {Options} */
    const options = {};
    for (const name of /** @type {const} */ ([PROCESSORS, SEED])) {
      const text = this.#fields.get(name)?.text.trim() ?? '';
      if (text !== '') options[name] = wholeOrText(text);
    }
    return options;
  }

  /**
   * The values for the URL. All parameters with a value are included, because a default may depend
   * on the machine. Options that have their defaults are left out.
   * @returns {Map<string, string[]>}
   */
  get addressValues() {
    const values = new Map(this.#strange);
    for (const param of this.#params) {
      const text = this.#fields.get(param.name)?.text ?? '';
      const value = valueIn(param, text);
      if (value === undefined) continue;
      values.set(param.name, Array.isArray(value) ? value.map(String) : [text.trim()]);
    }
    for (const name of [PROCESSORS, SEED]) {
      const text = this.#fields.get(name)?.text.trim() ?? '';
      if (text !== '' && text !== this.#default(name)) values.set(name, [text]);
    }
    return values;
  }

  /**
   * Shows the error message of each refusal at the field of its parameter. Messages without a field
   * are listed below all fields.
   * @param {Refusal[]} refusals
   */
  refuse(refusals) {
    for (const field of this.#fields.values()) {
      field.refuse(
        refusals
          .filter(({ param }) => param === field.name)
          .map(({ sentence }) => sentence)
          .join(' '),
      );
    }
    const homeless = refusals.filter(({ param }) => !this.#fields.has(param));
    this.#elsewhere.replaceChildren(
      ...homeless.map(({ param, sentence }) =>
        make('li', {}, sentence, ...(this.#strange.has(param) ? [' ', this.#drop(param)] : [])),
      ),
    );
    this.#elsewhere.hidden = homeless.length === 0;
    if (refusals.some(({ param }) => this.#more.contains(this.#fields.get(param)?.element ?? null))) {
      this.#disclosure.open = true;
    }
  }

  /** Moves the focus to where the first refused value can be corrected. */
  focusRefused() {
    const refused = [...this.#fields.values()].find(({ control }) => control.hasAttribute('aria-invalid'));
    (refused?.control ?? this.#elsewhere.querySelector('button'))?.focus();
  }

  /** @param {import('./field.js').FieldWords} words */
  #add(words) {
    this.#fields.set(
      words.name,
      new Field(words, () => {
        this.#noteProcessors();
        this.#changed();
      }),
    );
  }

  /** @param {string} name */
  #default(name) {
    if (name === PROCESSORS) return this.#machine ? String(allProcessors(this.#machine)) : '';
    if (name === SEED) return String(DEFAULT_SEED);
    return textOf(this.#params.find((param) => param.name === name)?.default);
  }

  /**
   * Returns a button that removes all values without a field. The host refuses all these values
   * with one error message.
   * @param {string} name   the name of the first such value
   */
  #drop(name) {
    return make(
      'button',
      {
        type: 'button',
        class: 'quiet',
        click: () => {
          this.#strange.clear();
          this.#changed();
        },
      },
      this.#strange.size === 1 ? `Leave out ${name}` : 'Leave them out',
    );
  }

  /** Says at the field how the number of processors compares with the number of the machine. */
  #noteProcessors() {
    const field = this.#fields.get(PROCESSORS);
    if (!field || !this.#machine) return;
    const { browserCores, isolated } = this.#machine;
    const all = allProcessors(this.#machine);
    const asked = wholeOrText(field.text);
    /** @type {(Node | string)[]} */
    let note;
    if (!isolated) note = ['This page can use only one. The Parallel lane says why.'];
    else if (typeof asked === 'number' && asked > all) {
      note = [
        `This browser reports only ${browserCores}, so they will take turns. `,
        make(
          'button',
          {
            type: 'button',
            class: 'quiet',
            click: () => {
              field.text = String(all);
              field.control.focus();
              this.#noteProcessors();
              this.#changed();
            },
          },
          `Use all ${all} here`,
        ),
      ];
    } else if (asked === all || asked === '') {
      const reported = `This browser reports ${count(all, PROCESSOR_WORDS)}`;
      note = [
        this.#worker[1] === PROCESSOR_WORDS[1]
          ? `${reported}.`
          : `${reported}, so there are ${all} ${this.#worker[1]}.`,
      ];
    } else note = [`This browser reports ${browserCores}.`];
    field.note.replaceChildren(...note);
    field.note.hidden = false;
  }
}

/**
 * @param {Param} param
 * @returns {import('./field.js').FieldWords}
 */
function wordsOf({ name, label, kind, unit, min, max, help, choices }) {
  return {
    name,
    label,
    unit,
    min,
    max,
    help,
    choices: kind === 'choice' ? choices : [],
    inputmode: kind === 'integer' ? 'numeric' : kind === 'number' ? 'decimal' : 'text',
    wide: kind === 'list' || kind === 'text',
  };
}

/**
 * @template T
 * @param {T[]} values
 * @returns {T | T[]} the value itself if there is only one, or else the list
 */
const one = (values) => (values.length === 1 && values[0] !== undefined ? values[0] : values);
