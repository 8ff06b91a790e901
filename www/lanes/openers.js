/**
 * Buttons over the names of rows that can open. The timeline draws the names and the triangles. The
 * buttons make the names work for mouse, touch, keyboard and screen reader.
 */
import { make } from '../common/dom.js';

/**
 * @typedef {object} Opener
 * @property {string} key
 * @property {string} name
 * @property {boolean} open
 * @property {number} top      in CSS pixels
 * @property {number} height
 * @property {() => void} press
 */

export class Openers {
  element = make('div', { class: 'openers' });
  /**
   * The buttons by key. If a row stays, the row's button is kept, so the button keeps the focus.
   * @type {Map<string, {button: HTMLButtonElement, press: () => void}>}
   */
  #buttons = new Map();

  /**
   * @param {Opener[]} openers   from top to bottom
   * @param {number} width       in CSS pixels
   */
  show(openers, width) {
    const gone = new Set(this.#buttons.keys());
    openers.forEach(({ key, name, open, top, height, press }, place) => {
      gone.delete(key);
      const known = this.#buttons.get(key) ?? this.#add(key);
      const { button } = known;
      known.press = press;
      const [text] = button.childNodes;
      if (text.textContent !== name) text.textContent = name;
      button.setAttribute('aria-expanded', String(open));
      Object.assign(button.style, { top: `${top}px`, height: `${height}px`, width: `${width}px` });
      if (this.element.children[place] !== button)
        this.element.insertBefore(button, this.element.children[place] ?? null);
    });
    for (const key of gone) {
      this.#buttons.get(key)?.button.remove();
      this.#buttons.delete(key);
    }
  }

  /** @param {string} key */
  #add(key) {
    const button = make(
      'button',
      { type: 'button', class: 'opener', click: () => this.#buttons.get(key)?.press() },
      make('span', { class: 'unseen' }),
    );
    const added = { button, press: () => {} };
    this.#buttons.set(key, added);
    return added;
  }
}
