/**
 * The source of a program, loaded and coloured line by line.
 *
 * @typedef {import('./code-words.js').Language} Language
 */
import { FOLDER } from '../common/folder.js';
import { make } from '../common/dom.js';

/** @type {Record<Language, {title: string, ending: string}>} */
export const LANGUAGES = { rust: { title: 'Rust', ending: 'rs' }, go: { title: 'Go', ending: 'go' } };

/** The folders that build.sh puts beside these modules: the programs' files and the highlighter. */
const CODE = new URL('code/', FOLDER);
const HIGHLIGHTER = new URL('highlight/', FOLDER);

/**
 * The pattern of the code before a parameter's name at a place that reads the parameter's value.
 * @type {Record<Language, RegExp>}
 */
const READS = { rust: /values\s*\.\s*\w+\(\s*$/, go: /flag\.\w+\(\s*(&\w+,\s*)?$/ };
/** The number of characters, up to the end of a parameter's name, that are kept for the pattern. */
const LONGEST_READ = 100;

/** The CSS class for each of the highlighter's token kinds that has its own colour. */
const COLOURED = new Map([
  ['cmnt', 'comment'],
  ['str', 'string'],
  ['kwd', 'keyword'],
  ['num', 'number'],
  ['func', 'call'],
  ['class', 'type'],
]);

/**
 * @param {string} program
 * @param {Language} language
 */
export const fileName = (program, language) => `${program}.${LANGUAGES[language].ending}`;

/**
 * Loads a program's source. Each line is a list of coloured parts, and ends with its line break. An
 * empty element with the parameter's name follows each place at which the code reads a parameter.
 * @param {string} program
 * @param {Language} language
 * @param {Set<string>} params   the names of the parameters
 * @returns {Promise<(Node | string)[][]>} rejects if a file cannot be loaded
 */
export async function sourceLines(program, language, params) {
  const [text, tokens] = await Promise.all([
    textAt(new URL(fileName(program, language), CODE)),
    highlighter(LANGUAGES[language].ending),
  ]);
  /** @type {(Node | string)[][]} */
  const lines = [[]];
  let last = lines[0];
  let before = '';
  tokens(text, (token, kind) => {
    const style = COLOURED.get(kind ?? '');
    for (const part of token.split(/(?<=\n)/)) {
      if (before.endsWith('\n') && part) lines.push((last = []));
      last.push(style ? make('span', { class: `code-${style}` }, part) : part);
      before = (before + part).slice(-LONGEST_READ);
    }
    const name = token.slice(1, -1);
    if (kind === 'str' && params.has(name) && READS[language].test(before.slice(0, -token.length)))
      last.push(make('span', { class: 'code-value', 'data-param': name }));
  });
  return lines;
}

/** The files that have been loaded, by URL. @type {Map<string, string>} */
const loaded = new Map();

/** @param {URL} url */
async function textAt({ href }) {
  const known = loaded.get(href);
  if (known !== undefined) return known;
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
  const text = await answer.text();
  loaded.set(href, text);
  return text;
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
