/**
 * Writes values as JSON for the validation in Rust. A value that JSON can't express (NaN,
 * infinities, big integers) is written as `{"notJson": "NaN"}`. So a refusal can name the value.
 */

/**
 * @param {unknown} value
 * @returns {string}
 */
export function json(value) {
  try {
    return JSON.stringify(value ?? null, (_, field) => plain(field));
  } catch {
    return JSON.stringify({ notJson: 'an object that holds itself' });
  }
}

/** @param {unknown} field */
function plain(field) {
  if (typeof field === 'bigint') return { notJson: `${field}n` };
  if (typeof field === 'number' && !Number.isFinite(field)) return { notJson: String(field) };
  if (ArrayBuffer.isView(field) && !(field instanceof DataView)) {
    return Array.from(/** @type {Float64Array} */ (field));
  }
  return field;
}
