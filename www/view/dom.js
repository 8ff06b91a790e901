/**
 * Makes an element in one expression.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | EventListener>} attributes
 *   a function listens to the event that its key names; true sets an attribute without value, false leaves it out
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

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element with the id ${id}`);
  return found;
}

/**
 * A button that can't be pressed now keeps the focus and says so.
 * @param {HTMLElement} button
 * @param {boolean} able
 */
export function setAble(button, able) {
  button.setAttribute('aria-disabled', String(!able));
}

/**
 * The same words once more would be laid out once more.
 * @param {HTMLElement} element
 * @param {string} text   empty: the element is hidden
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}
