/** A few lines of a program's source around one line. */
import { sourceLines } from './source.js';
import { make } from '../common/dom.js';

/** The number of lines that are shown on each side of the line. */
const AROUND = 2;

/**
 * @param {string} program
 * @param {number} line   counted from 1
 * @returns {Promise<HTMLElement | null>} null if the source could not be loaded
 */
export async function excerpt(program, line) {
  let lines;
  try {
    lines = await sourceLines(program, 'rust', new Set());
  } catch {
    return null;
  }
  const first = Math.max(1, line - AROUND);
  return make(
    'pre',
    { class: 'excerpt', tabindex: '0', role: 'group', 'aria-label': `Line ${line} of the code` },
    ...lines.slice(first - 1, line + AROUND).map((parts, i) => {
      const number = first + i;
      return make('span', { class: number === line ? 'line at' : 'line' }, lineNumber(number), ...parts);
    }),
  );
}

/**
 * Makes the number before a line. The style sheet draws the number, so copied text does not contain
 * it.
 * @param {number} number
 */
export const lineNumber = (number) =>
  make('span', { class: 'line-number', 'data-number': String(number), 'aria-hidden': 'true' });
