/**
 * The lines that a run printed, each with its time. While the same {@link Timeline} is shown, lines
 * are only added, so each line's element is built once.
 *
 * @typedef {import('../timeline/index/timeline.js').Timeline} Timeline
 */
import { count, time } from '../common/words.js';
import { make } from '../common/dom.js';

/**
 * The maximum number of lines that are shown. No reader reads more lines, and more would slow down
 * the page.
 */
const MOST_LINES = 200;

export class Output {
  #summary = make('summary', {});
  #lines = make('ol', { tabindex: '0', 'aria-label': 'Output lines' });
  #rest = make('p', { class: 'note', hidden: true });
  /** @type {Timeline | null} */
  #timeline = null;
  #shown = 0;

  constructor() {
    this.element = make(
      'details',
      { class: 'output', hidden: true, open: matchMedia('(min-width: 62rem)').matches },
      this.#summary,
      this.#lines,
      this.#rest,
    );
  }

  /** @param {Timeline | null} timeline */
  show(timeline) {
    if (timeline !== this.#timeline) {
      this.#timeline = timeline;
      this.#shown = 0;
      this.#lines.replaceChildren();
    }
    const lines = timeline?.output ?? [];
    this.element.hidden = lines.length === 0;
    if (!timeline || lines.length === this.#shown) return;
    const atEnd = this.#lines.scrollTop + this.#lines.clientHeight >= this.#lines.scrollHeight - 4;
    for (const line of lines.slice(this.#shown, MOST_LINES)) {
      this.#lines.append(
        make(
          'li',
          {},
          make('span', { class: 'at' }, time(line.atMs)),
          ' ',
          make('span', { class: 'who' }, timeline.names[line.task] ?? ''),
          ' ',
          make('span', { class: 'said' }, line.text),
        ),
      );
    }
    this.#shown = lines.length;
    this.#summary.textContent = `Output: ${count(lines.length, ['line', 'lines'])}`;
    this.#rest.hidden = lines.length <= MOST_LINES;
    this.#rest.textContent = `${lines.length - MOST_LINES} more are in the report.`;
    if (atEnd && timeline.wallMs === null) this.#lines.scrollTop = this.#lines.scrollHeight;
  }
}
