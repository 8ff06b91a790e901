/**
 * Between what a reader types and the values of the contract. Nothing is judged
 * here: text that reads as no number goes on as text, and the one validation,
 * in Rust, says the sentence.
 *
 * Numbers are read in one way for everybody, whatever the language of the browser:
 *
 *     60.5    a point stands before decimals
 *     1,000   commas or spaces may stand between groups of three digits of a whole
 *             number, as this page writes it
 *     60 ms   a unit may follow if it is the field's own
 *     ６０    digits and signs of full width are those of ASCII
 *     1.000   no number: many readers mean a thousand
 *     60,5    no number: a comma never stands before decimals
 *
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Value} Value
 */
import { isRecord } from '../common/portable.js';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Groups of three digits with points between them, which is a thousand to many. */
const POINTED_GROUPS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/;

/** Groups of three digits, all with a comma between them or all with a space. */
const GROUPS = /^[+-]?[1-9]\d{0,2}([, ])\d{3}(\1\d{3})*$/;

/** In a list a comma parts numbers, so that "1,000" is one number or two. */
const UNCLEAR_IN_LIST = /^[+-]?\d{1,3}(,\d{3})+$/;
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * @param {string} text
 * @returns {number | string} a number where the text is a decimal one
 */
export const numberOrText = (text) => numberIn(plain(text)) ?? text.trim();

/**
 * @param {string} text
 * @param {string} [unit]   the field's
 * @returns {number | string} a number where the text is a whole one, or a decimal one that the validation then refuses
 */
export function wholeOrText(text, unit = '') {
  const bare = withoutUnit(plain(text), unit);
  return numberIn(GROUPS.test(bare) ? bare.replace(/[, ]/g, '') : bare) ?? text.trim();
}

/**
 * The value that a field's text stands for.
 * @param {Param} param
 * @param {string} text
 * @returns {Value | undefined} undefined: an empty field gives nothing, so that the default stands
 */
export function valueIn(param, text) {
  // An empty list is a list; where the default is none, nothing stays nothing.
  if (text.trim() === '' && (param.kind !== 'list' || param.default === null)) return undefined;
  switch (param.kind) {
    case 'choice':
      return text;
    case 'list':
      return itemsOf(text).map((item) => (LEADING_ZERO.test(item) ? item : numberOrText(item)));
    case 'integer':
      return wholeOrText(text, param.unit);
    default:
      return numberIn(withoutUnit(plain(text), param.unit)) ?? text.trim();
  }
}

/**
 * What a script gives, with the defaults, so that runs of the same values are
 * known as such. What is no object of values stays what it is, to be refused.
 * @param {Param[]} params
 * @param {import('../common/messages.js').Values} values
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

/**
 * @param {string} bare   text of ASCII signs
 * @returns {number | null} null: it is no decimal number
 */
const numberIn = (bare) => (DECIMAL.test(bare) && !POINTED_GROUPS.test(bare) ? Number(bare) : null);

/**
 * Signs of full width and spaces of all widths as ASCII has them.
 * @param {string} text
 */
function plain(text) {
  return text
    .replace(/[\uff0b-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u2212/g, '-')
    .replace(/[\u00a0\u2007\u2009\u202f\u3000]/g, ' ')
    .trim();
}

/**
 * @param {string} text
 * @param {string} unit
 */
function withoutUnit(text, unit) {
  const ends = unit !== '' && text.toLowerCase().endsWith(unit.toLowerCase());
  return ends ? text.slice(0, -unit.length).trimEnd() : text;
}

/** @param {string} text   of a list */
function itemsOf(text) {
  return plain(text)
    .split(/[\s;]+/)
    .map((part) => part.replace(/^,+|,+$/g, ''))
    .flatMap((part) => (UNCLEAR_IN_LIST.test(part) ? [part] : part.split(',')))
    .filter((item) => item !== '');
}
