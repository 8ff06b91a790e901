/**
 * The interval that was picked, in words, with what can be done from there.
 *
 * @typedef {import('../picture/run-index.js').RunIndex} RunIndex
 */
import { describe } from '../picture/describe.js';
import { make, setAble } from './dom.js';

/**
 * @typedef {object} Actions
 * @property {(step: -1 | 1) => void} step     to the task's interval before or after
 * @property {() => void} approach             shows it in full
 * @property {() => void} only                 shows its task alone, or all again
 * @property {() => void} close
 */

export class Details {
  #title = make('h3', {});
  #list = make('dl', {});
  #before;
  #after;
  #only;
  /** What is shown, so that it is built once. */
  #shown = '';

  /** @param {Actions} actions */
  constructor(actions) {
    const button = (/** @type {string} */ text, /** @type {() => void} */ click) => make('button', { type: 'button', class: 'quiet', click }, text);
    this.#before = button('Before', () => actions.step(-1));
    this.#after = button('After', () => actions.step(1));
    this.#only = button('Only this task', () => actions.only());
    this.element = make('section', { class: 'details', tabindex: '-1', 'aria-label': 'What was picked', hidden: true },
      make('header', {}, this.#title, this.#before, this.#after, button('See it in full', () => actions.approach()), this.#only, button('Close', () => actions.close())),
      this.#list);
    this.element.addEventListener('keydown', ({ key }) => { if (key === 'Escape') actions.close(); });
  }

  /**
   * @param {{lane: string, index: RunIndex, interval: number} | null} picked
   * @param {(reason: number) => string} wordOf
   * @param {readonly [string, string]} worker
   * @param {boolean} alone   whether its task alone is shown
   */
  show(picked, wordOf, worker, alone) {
    const shown = picked ? `${picked.lane} ${picked.interval} ${alone}` : '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = picked === null;
    if (!picked) return;
    const { tasks } = picked.index;
    const { task, name, rows } = describe(picked.index, picked.interval, wordOf, worker);
    this.#title.textContent = `${name}, ${picked.lane}`;
    this.#list.replaceChildren(...rows.map(([label, text]) => make('div', {}, make('dt', {}, label), make('dd', {}, text))));
    setAble(this.#before, picked.interval > tasks.offset[task]);
    setAble(this.#after, picked.interval + 1 < tasks.offset[task + 1]);
    this.#only.textContent = alone ? 'All tasks' : 'Only this task';
  }
}
