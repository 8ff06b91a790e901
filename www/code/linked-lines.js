/**
 * The lines of a program's source, linked with the intervals in the lanes. If something happened at
 * a line, the line's number is a button. `onPoint` reports the line that the reader points at.
 * `mark` marks the lines of an interval.
 */
import { lineNumber } from './excerpt.js';
import { make } from '../common/dom.js';

const HOW_TO = 'Point at a line with a coloured number: the lanes mark what happened there.';
const OTHER_CODE = 'The page ran the program in Rust, so these lines are not linked with the lanes.';

/**
 * The lines of an interval. `at` is the line to which the interval belongs. `from` is the line from
 * which the task went on.
 * @typedef {{at: number | null, from: number | null}} Marks
 */

export class LinkedLines {
  /** Called with the number of the line that the reader points at; null if there is none. */
  onPoint = (/** @type {number | null} */ _line) => {};
  /** The text that says what happened at the line that the reader points at. */
  about = make('p', { class: 'note about-line' });

  #pre;
  /** The elements of the lines. @type {HTMLElement[]} */
  #lines = [];
  /** Whether the shown lines are those of the program that ran. */
  #ran = false;
  /** What happened at each linked line, by the line's number. @type {ReadonlyMap<number, string>} */
  #linked = new Map();
  /**
   * The line that the reader pressed. While the pointer is at no line, this line counts as the line
   * that the reader points at.
   * @type {number | null}
   */
  #pinned = null;
  /** @type {number | null} */
  #pointed = null;
  /** @type {Marks} */
  #marks = { at: null, from: null };

  /** @param {HTMLElement} pre   the element that shows the lines, and scrolls */
  constructor(pre) {
    this.#pre = pre;
    const lineOf = (/** @type {Event} */ { target }) => {
      const line = target instanceof Element ? target.closest('.linked') : null;
      return line ? this.#lines.indexOf(/** @type {HTMLElement} */ (line)) + 1 : null;
    };
    pre.addEventListener('pointerover', (event) => {
      if (event.pointerType !== 'touch') this.#point(lineOf(event) ?? this.#pinned);
    });
    pre.addEventListener('pointerleave', () => this.#point(this.#pinned));
    pre.addEventListener('click', (event) => {
      const line = lineOf(event);
      // A click that selects text does not press the line.
      if (line !== null && getSelection()?.isCollapsed) this.#pin(line === this.#pinned ? null : line);
    });
    pre.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#pin(null);
    });
  }

  /**
   * @param {(Node | string)[][]} lines   each line as a list of parts
   * @param {boolean} ran                 whether the lines are those of the program that ran
   */
  show(lines, ran) {
    this.#ran = ran;
    this.#lines = lines.map((parts, i) => make('span', { class: 'line' }, lineNumber(i + 1), ...parts));
    this.#pre.replaceChildren(...this.#lines);
    this.#link();
    this.#scrollTo(this.#lines.findIndex(({ classList }) => classList.contains('linked')) + 1);
  }

  /**
   * Links the lines at which something happened.
   * @param {ReadonlyMap<number, string>} linked   what happened at each line, by the line's number
   */
  setLinked(linked) {
    this.#linked = linked;
    this.#link();
  }

  /** Gives each linked line a button, and every other line a plain number. */
  #link() {
    this.unpoint();
    this.#lines.forEach((line, i) => {
      const words = this.#ran ? this.#linked.get(i + 1) : undefined;
      line.classList.toggle('linked', words !== undefined);
      line.firstChild?.replaceWith(words === undefined ? lineNumber(i + 1) : this.#button(i + 1, words));
    });
    this.#update();
  }

  /**
   * @param {number} line
   * @param {string} words
   */
  #button(line, words) {
    return make('button', {
      type: 'button',
      class: 'line-number',
      'data-number': String(line),
      'aria-label': `Line ${line}: ${words}`,
      'aria-pressed': 'false',
      focus: () => this.#point(line),
      blur: () => this.#point(this.#pinned),
    });
  }

  /** @param {number | null} line */
  #pin(line) {
    this.#pinned = line;
    for (const button of this.#pre.querySelectorAll('button'))
      button.setAttribute('aria-pressed', String(Number(button.dataset.number) === line));
    this.#point(line);
  }

  /** Clears the line that is pointed at, even if the reader pressed it. */
  unpoint() {
    this.#pin(null);
  }

  /** @param {number | null} line */
  #point(line) {
    if (line === this.#pointed) return;
    this.#pointed = line;
    this.#update();
    this.onPoint(line);
  }

  /**
   * Marks the lines of an interval.
   * @param {Marks} marks
   */
  mark(marks) {
    this.#marks = marks;
    this.#update();
    if (this.#ran) this.#scrollTo(marks.at ?? marks.from ?? 0);
  }

  /**
   * Scrolls to a line if it is out of view. Only the element with the lines scrolls, never the page.
   * @param {number} number   the line's number; 0 if there is no line
   */
  #scrollTo(number) {
    const line = this.#lines[number - 1];
    if (!line) return;
    const { scrollTop, clientHeight, offsetTop } = this.#pre;
    const top = line.offsetTop - offsetTop;
    if (top < scrollTop || top + line.offsetHeight > scrollTop + clientHeight)
      this.#pre.scrollTop = top - clientHeight / 2;
  }

  #update() {
    const { at, from } = this.#marks;
    this.#lines.forEach((line, i) => {
      const is = (/** @type {number | null} */ marked) => this.#ran && i + 1 === marked;
      line.classList.toggle('at', is(at));
      line.classList.toggle('from', is(from) && from !== at);
      line.classList.toggle('pointed', is(this.#pointed));
    });
    const words = this.#pointed === null ? undefined : this.#linked.get(this.#pointed);
    if (words !== undefined) this.about.textContent = `Line ${this.#pointed}\n${words}`;
    else this.about.textContent = this.#linked.size === 0 ? '' : this.#ran ? HOW_TO : OTHER_CODE;
  }
}
