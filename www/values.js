/**
 * Between what a reader types and the values of the contract. Nothing is judged
 * here: text that reads as no number goes on as text, and the one validation,
 * in Rust, says the sentence.
 *
 * @typedef {import('./messages.js').Param} Param
 * @typedef {import('./messages.js').Value} Value
 */

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * @param {string} text
 * @returns {number | string} a number where the text is a decimal one
 */
export function numberOrText(text) {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? Number(trimmed) : trimmed;
}

/**
 * The value that a field's text stands for.
 * @param {Param} param
 * @param {string} text
 * @returns {Value | undefined} undefined: an empty field gives nothing, so that the default stands
 */
export function valueOf(param, text) {
  // An empty list is a list; where the default is none, nothing stays nothing.
  if (text.trim() === '' && (param.kind !== 'list' || param.default === null)) return undefined;
  switch (param.kind) {
    case 'choice': return text;
    case 'list': return text.split(/[\s,;]+/).filter((item) => item !== '').map(numberOrText);
    default: return numberOrText(text);
  }
}

/**
 * The text that a field shows for a value.
 * @param {Value | null | undefined} value
 */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
