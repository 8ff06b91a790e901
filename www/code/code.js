/**
 * The source code of the program that runs, and of its twin in Go. The files are loaded when the
 * reader opens the panel. Where the code reads a parameter, the form's value is shown beside it.
 *
 * @typedef {import('./code-words.js').Language} Language
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { command, FOLDERS, valuesLine } from './code-words.js';
import { FOLDER } from '../common/folder.js';
import { textOf } from '../form/values.js';
import { make } from '../common/dom.js';

/** @type {Record<Language, {title: string, ending: string}>} */
const LANGUAGES = { rust: { title: 'Rust', ending: 'rs' }, go: { title: 'Go', ending: 'go' } };
const BOTH = /** @type {Language[]} */ (['rust', 'go']);

/** The folders that build.sh puts beside these modules: the programs' files and the highlighter. */
const CODE = new URL('code/', FOLDER);
const HIGHLIGHTER = new URL('highlight/', FOLDER);

/** The code before a parameter's name where its value is read. @type {Record<Language, RegExp>} */
const READS = { rust: /values\s*\.\s*\w+\(\s*$/, go: /flag\.\w+\(\s*(&\w+,\s*)?$/ };
const LONGEST_READ = 60;

/** The CSS class for each of the highlighter's token kinds that has its own colour. */
const COLOURED = new Map([
  ['cmnt', 'comment'],
  ['str', 'string'],
  ['kwd', 'keyword'],
  ['num', 'number'],
  ['func', 'call'],
  ['class', 'type'],
]);

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
  /** The file that the panel shows or loads. A late response must not replace a later file. */
  #shown = '';

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
   * Shows the form's values, also if no program can run with them.
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
    if (!this.#root.open || !this.#program) return;
    const file = `${this.#program.id}.${LANGUAGES[this.#language].ending}`;
    if (file === this.#shown) return;
    this.#shown = file;
    this.#pre.replaceChildren();
    try {
      const [text, tokens] = await Promise.all([
        textAt(new URL(file, CODE)),
        highlighter(LANGUAGES[this.#language].ending),
      ]);
      if (file === this.#shown) this.#fillIn(text, tokens);
    } catch (error) {
      if (file !== this.#shown) return;
      this.#shown = '';
      this.#pre.textContent = `${file} could not be loaded (${error instanceof Error ? error.message : error}).`;
    }
  }

  /**
   * @param {string} text
   * @param {(text: string, each: (text: string, kind?: string) => void) => void} tokens
   */
  #fillIn(text, tokens) {
    const names = new Set(this.#program?.params.map(({ name }) => name));
    const parts = document.createDocumentFragment();
    let before = '';
    tokens(text, (token, kind) => {
      const name = token.slice(1, -1);
      const style = COLOURED.get(kind ?? '');
      const part = style ? make('span', { class: `code-${style}` }, token) : token;
      parts.append(part);
      if (kind === 'str' && names.has(name) && READS[this.#language].test(before)) {
        const value = make('span', { class: 'code-value', 'data-param': name });
        this.#fill(value);
        parts.append(value);
      }
      before = (before + token).slice(-LONGEST_READ);
    });
    this.#pre.replaceChildren(parts);
  }

  /** @param {HTMLElement} value */
  #fill(value) {
    const param = this.#program?.params.find(({ name }) => name === value.dataset.param);
    const text = textOf(this.#values[value.dataset.param ?? ''] ?? param?.default);
    // The style sheet draws the value, so text that is copied from the code does not contain it.
    value.dataset.value = text === '' ? 'not given' : text.length > 24 ? `${text.slice(0, 24)}…` : text;
  }
}

/** @param {URL} url */
async function textAt(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
  return answer.text();
}

/** @param {string} language   the name of the language's grammar */
async function highlighter(language) {
  const [{ tokenizeWith }, { default: grammar }] = await Promise.all([
    import(new URL('tokenize.js', HIGHLIGHTER).href),
    import(new URL(`languages/${language}.js`, HIGHLIGHTER).href),
  ]);
  return (/** @type {string} */ text, /** @type {(text: string, kind?: string) => void} */ each) =>
    tokenizeWith(text, grammar, each);
}
