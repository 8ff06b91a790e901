/**
 * Turns text that was typed into values for messages, and values into text. This file refuses
 * nothing. Text that cannot be read as a number stays text, and the validation in Rust refuses it
 * with an error message.
 *
 * Numbers are read in the same way in every language of the browser:
 *
 *     60.5    a number: the decimals follow a point
 *     1,000   a number: commas or spaces may separate groups of three digits in a whole number,
 *             as on this page
 *     60 ms   a number: the field's own unit may follow
 *     ６０    a number: full-width digits and signs mean the same as ASCII ones
 *     1.000   not a number, because many readers mean one thousand
 *     60,5    not a number, because decimals never follow a comma
 *
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Value} Value
 */
import { isRecord } from '../common/portable.js';

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Groups of three digits with points between them. Many readers mean one thousand by 1.000. */
const POINTED_GROUPS = /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/;

/** Groups of three digits with commas between all of them, or with spaces between all of them. */
const GROUPS = /^[+-]?[1-9]\d{0,2}([, ])\d{3}(\1\d{3})*$/;

/** A text that is unclear in a list, where commas separate numbers: "1,000" may be two numbers. */
const UNCLEAR_IN_LIST = /^[+-]?\d{1,3}(,\d{3})+$/;
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * @param {string} text
 * @returns {number | string} a number if the text is a decimal number, else the text
 */
export const numberOrText = (text) => numberIn(plain(text)) ?? text.trim();

/**
 * @param {string} text
 * @param {string} [unit]   the field's unit
 * @returns {number | string} a number, which may have decimals, or the text if it is no number
 */
export function wholeOrText(text, unit = '') {
  const bare = withoutUnit(plain(text), unit);
  return numberIn(GROUPS.test(bare) ? bare.replace(/[, ]/g, '') : bare) ?? text.trim();
}

/**
 * Returns the value of a field's text.
 * @param {Param} param
 * @param {string} text
 * @returns {Value | undefined} undefined if the field is empty, so that the default holds
 */
export function valueIn(param, text) {
  // An empty text is an empty list. If the list has no default, an empty text is no value.
  if (text.trim() === '' && (param.kind !== 'list' || param.default === null)) return undefined;
  switch (param.kind) {
    case 'choice':
    case 'text':
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
 * Adds the defaults to the values of a script, so that runs with the same values can be recognised.
 * An argument that is not an object of values is returned unchanged, and is refused later.
 * @param {Param[]} params
 * @param {import('../common/messages.js').Values} values
 */
export function withDefaults(params, values) {
  if (!isRecord(values)) return values;
  const defaults = params.flatMap((param) => (param.default === null ? [] : [[param.name, param.default]]));
  return { ...Object.fromEntries(defaults), ...values };
}

/**
 * Returns the text that a field shows for a value.
 * @param {Value | null | undefined} value
 */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/**
 * @param {string} bare   text of ASCII characters
 * @returns {number | null} null if the text is not a decimal number
 */
const numberIn = (bare) => (DECIMAL.test(bare) && !POINTED_GROUPS.test(bare) ? Number(bare) : null);

/**
 * Replaces full-width digits and signs, and spaces of all widths, by ASCII characters.
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

/** @param {string} text   the text of a list */
function itemsOf(text) {
  return plain(text)
    .split(/[\s;]+/)
    .map((part) => part.replace(/^,+|,+$/g, ''))
    .flatMap((part) => (UNCLEAR_IN_LIST.test(part) ? [part] : part.split(',')))
    .filter((item) => item !== '');
}
