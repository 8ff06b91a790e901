/**
 * The form of a program, generated from the catalogue. It holds text; what the
 * text means is read by values.js, and whether it is allowed is the host's to
 * say. Nothing that was typed is ever replaced by a correction.
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
  /** What an address gave that no field stands for: kept, so that it is refused and not lost. @type {Map<string, string[]>} */
  #strange = new Map();
  /** @type {Machine | null} */
  #machine = null;
  /** @type {readonly [string, string]} */
  #worker = PROCESSOR_WORDS;

  /**
   * @param {HTMLElement} root
   * @param {() => void} changed   the reader committed a value
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
   * @param {readonly [string, string]} worker   what a processor is called in this lesson
   * @param {Map<string, string[]>} given        from the address
   */
  show(program, machine, worker, given) {
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
    this.give(given);
  }

  /**
   * The values of an address; the rest goes back to its defaults.
   * @param {Map<string, string[]>} given
   */
  give(given) {
    this.#strange = new Map([...given].filter(([key]) => !this.#fields.has(key)));
    for (const field of this.#fields.values()) {
      field.text = given.get(field.name)?.join(', ') ?? this.#default(field.name);
      field.placeholder = this.#default(field.name);
    }
    this.#noteProcessors();
  }

  /**
   * The values of a run by script.
   * @param {Values} params
   * @param {Options} options
   */
  take(params, options) {
    const { processors, seed } = options;
    /** @type {Map<string, string[]>} */
    const given = new Map();
    for (const [name, value] of Object.entries(params)) given.set(name, [textOf(value)]);
    const kept = this.#fields.get(PROCESSORS)?.text ?? '';
    // One processor is the other lanes' number: it says nothing about the parallel lane's.
    given.set(PROCESSORS, [processors === undefined || processors === 1 ? kept : String(processors)]);
    if (seed !== undefined) given.set(SEED, [String(seed)]);
    this.give(given);
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

  /** @returns {Options} with the parallel lane's processors */
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
   * What the address has to say. All values are named, since a default may
   * depend on the machine; processors are left out when they are all.
   * @returns {Map<string, string[]>}
   */
  get given() {
    const given = new Map(this.#strange);
    for (const param of this.#params) {
      const text = this.#fields.get(param.name)?.text ?? '';
      const value = valueIn(param, text);
      if (value === undefined) continue;
      given.set(param.name, Array.isArray(value) ? value.map(String) : [text.trim()]);
    }
    for (const name of [PROCESSORS, SEED]) {
      const text = this.#fields.get(name)?.text.trim() ?? '';
      if (text !== '' && text !== this.#default(name)) given.set(name, [text]);
    }
    return given;
  }

  /**
   * Puts each sentence beside its field, or above all where there is none.
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

  /** To where the first refused value can be put right. */
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
   * A button that removes what no field stands for. All of it has one refusal.
   * @param {string} name   of the first
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

  /** How the number of processors stands to what the browser reports. */
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
    wide: kind === 'list',
  };
}

/**
 * @template T
 * @param {T[]} values
 * @returns {T | T[]} a value given once is itself
 */
const one = (values) => (values.length === 1 && values[0] !== undefined ? values[0] : values);
