/**
 * The panel that describes the selection in a timeline, with buttons that act on the selection.
 *
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 */
import { linesOf } from '../timeline/index/lines.js';
import { describe } from '../timeline/words/describe.js';
import { describeGroup } from '../timeline/words/describe-group.js';
import { make, setAble } from '../common/dom.js';

/**
 * @typedef {object} Actions
 * @property {(step: -1 | 1) => void} step     selects the previous or next interval of a task, or
 *   the previous or next period of a group
 * @property {() => void} approach             zooms to the selection
 * @property {() => void} only                 shows the task alone, or all tasks again
 * @property {() => void} toggle               shows the tasks of the group, or the group as one row
 * @property {() => void} close                clears the selection
 */

export class Details {
  #title = make('h3', {});
  #list = make('dl', {});
  #code = make('div', {});
  #excerpt;
  #before;
  #after;
  #only;
  #toggle;
  /** A text that identifies what is shown. If the text is the same, nothing is built again. */
  #shown = '';

  /**
   * @param {Actions} actions
   * @param {(line: import('../common/messages.js').SourceLine) => Promise<HTMLElement | null>} excerpt
   *   returns the code around a line
   */
  constructor(actions, excerpt) {
    this.#excerpt = excerpt;
    const button = (/** @type {string} */ text, /** @type {() => void} */ click) =>
      make('button', { type: 'button', class: 'quiet', click }, text);
    this.#before = button('Previous', () => actions.step(-1));
    this.#after = button('Next', () => actions.step(1));
    this.#only = button('Only this task', () => actions.only());
    this.#toggle = button('Show its tasks', () => actions.toggle());
    this.element = make(
      'section',
      { class: 'details', tabindex: '-1', 'aria-label': 'Selection', hidden: true },
      make(
        'header',
        {},
        this.#title,
        this.#before,
        this.#after,
        button('Zoom to it', () => actions.approach()),
        this.#only,
        this.#toggle,
        button('Close', () => actions.close()),
      ),
      this.#list,
      this.#code,
    );
    this.element.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') actions.close();
    });
  }

  /**
   * @param {import('./picking.js').Picked | null} picked
   * @param {(reason: number) => string} wordOf
   * @param {readonly [string, string]} worker   the word for a processor: singular, plural
   * @param {readonly [string, string]} noun     the word for a task: singular, plural
   * @param {boolean} alone   whether the selected task alone is shown
   */
  show(picked, wordOf, worker, noun, alone) {
    const { group = null } = picked ?? {};
    const shown = picked
      ? `${picked.lane} ${picked.interval} ${alone} ${group ? `${group.key} ${group.open} ${picked.ms}` : ''}`
      : '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.hidden = picked === null;
    this.#code.replaceChildren();
    if (!picked) return;
    this.#only.hidden = group !== null;
    this.#toggle.hidden = !group;
    if (group) {
      const { name, rows } = describeGroup(picked.index, group, picked.ms, noun);
      this.#fill(`${name}, ${picked.lane}`, rows);
      setAble(this.#before, true);
      setAble(this.#after, true);
      this.#toggle.textContent = group.open ? 'Hide its tasks' : 'Show its tasks';
      return;
    }
    const { tasks } = picked.index;
    const { task, name, rows } = describe(picked.index, picked.interval, wordOf, worker);
    this.#fill(`${name}, ${picked.lane}`, rows);
    setAble(this.#before, picked.interval > tasks.offset[task]);
    setAble(this.#after, picked.interval + 1 < tasks.offset[task + 1]);
    this.#only.textContent = alone ? 'All tasks' : 'Only this task';
    const { at, from } = linesOf(picked.index.report, tasks.order[picked.interval]);
    this.#showCode(at ?? from, shown);
  }

  /**
   * Loads the code around a line, and shows the code if the panel still shows the same selection.
   * @param {import('../common/messages.js').SourceLine | null} line
   * @param {string} shown   the value of `#shown` for that selection
   */
  async #showCode(line, shown) {
    const code = line && (await this.#excerpt(line));
    if (code && shown === this.#shown) this.#code.replaceChildren(code);
  }

  /**
   * @param {string} title
   * @param {[string, string][]} rows   each a label and a text
   */
  #fill(title, rows) {
    this.#title.textContent = title;
    this.#list.replaceChildren(
      ...rows.map(([label, text]) => make('div', {}, make('dt', {}, label), make('dd', {}, text))),
    );
  }
}
