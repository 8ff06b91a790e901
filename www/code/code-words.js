/**
 * Text that describes a run outside the page: the shell commands that reproduce it, and a line
 * with its values.
 *
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { textOf } from '../form/values.js';

/** @typedef {'rust' | 'go'} Language */

/**
 * @param {Language} language
 * @param {string} program
 * @param {Values} values
 * @param {Options} options
 * @returns {string} a line for a shell, in the folder that {@link FOLDERS} names
 */
export function command(language, program, values, options) {
  const given = Object.entries(values).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : (value ?? '')}`,
  );
  const words =
    language === 'rust'
      ? ['cargo run --release --example run --', ...[program, ...given, ...named(options)].map(quoted)]
      : [
          `GOMAXPROCS=${options.processors ?? 1} go run`,
          ...[`${program}.go`, ...given.map((pair) => `-${pair}`)].map(quoted),
        ];
  return words.join(' ');
}

/** The folder in which each command is run, relative to the project's folder. */
export const FOLDERS = { rust: '', go: 'crate/src/programs/twins' };

/**
 * @param {Program} program
 * @param {Values} values    a parameter without a value has its default
 * @returns {string} the values in a line, like "Dishes 4 · Chop 60 ms"
 */
export function valuesLine(program, values) {
  return program.params
    .flatMap(({ name, label, unit, default: standard }) => {
      const text = textOf(values[name] ?? standard);
      return text === '' && standard === null ? [] : [`${label} ${text || 'empty'}${unit && text ? ` ${unit}` : ''}`];
    })
    .join(' · ');
}

/** @param {Options} options */
const named = ({ processors, seed }) => [
  ...(processors === undefined ? [] : [`processors=${processors}`]),
  ...(seed === undefined ? [] : [`seed=${seed}`]),
];

/**
 * Quotes a word that a shell would not read as one plain word.
 * @param {string} word
 */
const quoted = (word) => (/^[\w.,:=/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
