/**
 * Makes an element in one expression.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | EventListener>} attributes
 *   A function becomes a listener for the event that its key names. `true` sets an attribute
 *   without a value, and `false` sets none.
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an SVG element in one expression. Numbers are rounded to two decimals.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, String(typeof value === 'number' ? Math.round(value * 100) / 100 : value));
  element.append(...children);
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}   throws an error if index.html has no such element
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element with the id ${id}`);
  return found;
}

/**
 * Enables or disables a button. A disabled button keeps the focus.
 * @param {HTMLElement} button
 * @param {boolean} able
 */
export function setAble(button, able) {
  button.setAttribute('aria-disabled', String(!able));
}

/**
 * Sets the text of an element. An unchanged text is not set again, because setting a text makes the
 * browser lay the element out.
 * @param {HTMLElement} element
 * @param {string} text   an empty text hides the element
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}
