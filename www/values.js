/**
 * Between what a reader types and the values of the contract. Nothing is judged
 * here: text that reads as no number goes on as text, and the one validation,
 * in Rust, says the sentence.
 *
 * @typedef {import('./messages.js').Param} Param
 * @typedef {import('./messages.js').Value} Value
 */
import { isRecord } from './portable.js';

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
 * What a script gives, with the defaults, so that runs of the same values are
 * known as such. What is no object of values stays what it is, to be refused.
 * @param {Param[]} params
 * @param {import('./messages.js').Values} values
 */
export function withDefaults(params, values) {
  if (!isRecord(values)) return values;
  const defaults = params.flatMap((param) => (param.default === null ? [] : [[param.name, param.default]]));
  return { ...Object.fromEntries(defaults), ...values };
}

/**
 * The text that a field shows for a value.
 * @param {Value | null | undefined} value
 */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
