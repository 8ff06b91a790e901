/**
 * The source code of the program that runs, and of its twin in Go. The files are loaded when the
 * reader opens the panel. At each place at which the code reads a parameter, the panel shows the
 * form's value.
 *
 * @typedef {import('./code-words.js').Language} Language
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { command, FOLDERS, valuesLine } from './code-words.js';
import { LinkedLines } from './linked-lines.js';
import { fileName, LANGUAGES, sourceLines } from './source.js';
import { textOf } from '../form/values.js';
import { make } from '../common/dom.js';

const BOTH = /** @type {Language[]} */ (['rust', 'go']);

/** The language of the program that runs. Lines in the other are not linked. @type {Language} */
const RUNS = 'rust';

export class Code {
  #root;
  #line = make('p', { class: 'note' });
  #command = make('code');
  #where = make('span');
  #pre = make('pre', { id: 'code-panel', role: 'tabpanel', tabindex: '0' });
  /** @type {Record<Language, HTMLElement>} */
  #tabs;
  /** @type {Language} */
  #language = 'rust';
  /** @type {Program | null} */
  #program = null;
  /** @type {Values} */
  #values = {};
  /** @type {Options} */
  #options = {};
  /** The file that the panel shows or loads. A late response for another file is ignored. */
  #shown = '';
  /** The lines that are shown. */
  lines = new LinkedLines(this.#pre);

  /** @param {HTMLElement} root   a details element with its summary */
  constructor(root) {
    this.#root = /** @type {HTMLDetailsElement} */ (root);
    const tab = (/** @type {Language} */ language) =>
      make(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `code-${language}`,
          'aria-controls': 'code-panel',
          click: () => this.#choose(language),
          keydown: (event) => this.#move(/** @type {KeyboardEvent} */ (event)),
        },
        LANGUAGES[language].title,
      );
    this.#tabs = { rust: tab('rust'), go: tab('go') };
    root.append(
      this.#line,
      make(
        'div',
        { role: 'tablist', class: 'tabs', 'aria-label': 'Language' },
        ...BOTH.map((language) => this.#tabs[language]),
      ),
      make('p', { class: 'command' }, this.#command, this.#where),
      this.#pre,
      this.lines.about,
    );
    root.addEventListener('toggle', () => this.#load());
    this.#mark();
  }

  /** @param {Program} program */
  show(program) {
    this.#program = program;
    this.#root.hidden = false;
    this.#load();
  }

  /**
   * Shows the form's values, even if the program can't run with them.
   * @param {Values} values
   * @param {Options} options
   */
  update(values, options) {
    this.#values = values;
    this.#options = options;
    if (!this.#program) return;
    this.#line.textContent = `With the form’s values: ${valuesLine(this.#program, values)}.`;
    const folder = FOLDERS[this.#language];
    this.#command.textContent = command(this.#language, this.#program.id, values, options);
    this.#where.textContent = folder ? ` in ${folder}` : '';
    for (const name of this.#pre.querySelectorAll('[data-param]')) this.#fill(/** @type {HTMLElement} */ (name));
  }

  /** @param {Language} language */
  #choose(language) {
    this.#language = language;
    this.#mark();
    this.#load();
  }

  #mark() {
    for (const language of BOTH) {
      const chosen = language === this.#language;
      this.#tabs[language].setAttribute('aria-selected', String(chosen));
      this.#tabs[language].setAttribute('tabindex', chosen ? '0' : '-1');
    }
    this.#pre.setAttribute('aria-labelledby', `code-${this.#language}`);
    this.update(this.#values, this.#options);
  }

  /** @param {KeyboardEvent} event   the arrow keys, Home and End choose a tab */
  #move(event) {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const at = BOTH.indexOf(this.#language);
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? BOTH.length - 1
          : (at + (event.key === 'ArrowLeft' ? BOTH.length - 1 : 1)) % BOTH.length;
    const language = BOTH[to] ?? 'rust';
    this.#choose(language);
    this.#tabs[language].focus();
  }

  async #load() {
    if (!this.#root.open) this.lines.unpoint();
    if (!this.#root.open || !this.#program) return;
    const language = this.#language;
    const file = fileName(this.#program.id, language);
    if (file === this.#shown) return;
    this.#shown = file;
    this.lines.show([], false);
    try {
      const names = new Set(this.#program.params.map(({ name }) => name));
      const lines = await sourceLines(this.#program.id, language, names);
      if (file !== this.#shown) return;
      this.lines.show(lines, language === RUNS);
      for (const name of this.#pre.querySelectorAll('[data-param]')) this.#fill(/** @type {HTMLElement} */ (name));
    } catch (error) {
      if (file !== this.#shown) return;
      this.#shown = '';
      this.#pre.textContent = `${file} could not be loaded (${error instanceof Error ? error.message : error}).`;
    }
  }

  /** @param {HTMLElement} value */
  #fill(value) {
    const param = this.#program?.params.find(({ name }) => name === value.dataset.param);
    const text = textOf(this.#values[value.dataset.param ?? ''] ?? param?.default);
    // The style sheet draws the value, so text that is copied from the code does not contain it.
    value.dataset.value = text === '' ? 'not given' : text.length > 24 ? `${text.slice(0, 24)}…` : text;
  }
}
