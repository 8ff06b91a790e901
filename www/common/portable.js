/**
 * Copies a value from a script into a form that a message can carry. Functions, symbols and other
 * values that no message can carry become `{notJson: …}`, as in host/json.js. The validation in
 * Rust then refuses these values with an error message.
 *
 * @param {any} value
 * @returns {any}
 */
export function portable(value) {
  try {
    return structuredClone(value);
  } catch {
    if (!isRecord(value)) return { notJson: nameOf(value) };
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key,
        isPortable(field) ? structuredClone(field) : { notJson: nameOf(field) },
      ]),
    );
  }
}

/**
 * Returns whether a value is a plain object, which has fields but no class.
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @param {unknown} value */
function isPortable(value) {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** @param {unknown} value */
function nameOf(value) {
  if (typeof value === 'symbol') return String(value);
  return typeof value === 'function' ? 'a function' : 'an object that no message can carry';
}
