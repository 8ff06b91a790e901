/**
 * What a run wrote, as lines with their times and tasks. While the same {@link Timeline} is shown,
 * text is only added, so each line's element is built once.
 *
 * @typedef {import('../timeline/index/timeline.js').Timeline} Timeline
 */
import { count, time, whole } from '../common/words.js';
import { make } from '../common/dom.js';
import { OutputLines } from './output-lines.js';

export class Output {
  #summary = make('summary', {});
  #list = make('ol', { tabindex: '0', 'aria-label': 'Output lines' });
  #rest = make('p', { class: 'note', hidden: true });
  /** @type {Timeline | null} */
  #timeline = null;
  #lines = new OutputLines();
  /** How many chunks of the timeline are in the lines. */
  #taken = 0;
  /** @type {HTMLElement[]} the texts of the lines that are in the list */
  #texts = [];

  constructor() {
    this.element = make(
      'details',
      { class: 'output', hidden: true, open: matchMedia('(min-width: 62rem)').matches },
      this.#summary,
      this.#list,
      this.#rest,
    );
  }

  /** @param {Timeline | null} timeline */
  show(timeline) {
    if (timeline !== this.#timeline) {
      this.#timeline = timeline;
      this.#lines = new OutputLines();
      this.#taken = 0;
      this.#texts = [];
      this.#list.replaceChildren();
    }
    const chunks = timeline?.output ?? [];
    this.element.hidden = chunks.length === 0;
    if (!timeline || chunks.length === this.#taken) return;
    const atEnd = this.#list.scrollTop + this.#list.clientHeight >= this.#list.scrollHeight - 4;
    for (; this.#taken < chunks.length; this.#taken++) this.#lines.add(chunks[this.#taken]);
    this.#draw(timeline);
    this.#summary.textContent = `Output: ${count(this.#lines.count, ['line', 'lines'])}`;
    const notes = shortcomings(this.#lines, timeline);
    this.#rest.hidden = notes.length === 0;
    this.#rest.textContent = notes.join(' ');
    if (atEnd && timeline.wallMs === null) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {Timeline} timeline */
  #draw({ names }) {
    this.#lines.shown.forEach(({ atMs, task, stream, text }, i) => {
      const drawn = this.#texts[i];
      if (drawn) {
        if (drawn.textContent !== text) drawn.textContent = text;
        return;
      }
      const name = task === null ? '' : (names[task] ?? '');
      const said = make('span', { class: 'said' }, text);
      this.#texts.push(said);
      this.#list.append(
        make(
          'li',
          {},
          make('span', { class: 'at' }, time(atMs)),
          ' ',
          make('span', { class: 'who' }, stream === 2 ? `${name} (standard error)` : name),
          ' ',
          said,
        ),
      );
    });
  }
}

/**
 * Returns the sentences about output that is not shown, or that was not kept.
 * @param {OutputLines} lines
 * @param {Pick<Timeline, 'droppedBytes'>} timeline
 */
export function shortcomings({ count, shown, cut }, { droppedBytes: { stdout, stderr } }) {
  const notes = [];
  if (count > shown.length) notes.push(`${whole(count - shown.length)} more are in the report.`);
  if (cut) notes.push('The report has the rest of the longest lines.');
  for (const [stream, bytes] of /** @type {const} */ ([
    ['Standard output', stdout],
    ['Standard error', stderr],
  ])) {
    if (bytes > 0)
      notes.push(
        `${stream} was longer than 16 MiB: the last ${bytes === 1 ? 'byte was' : `${whole(bytes)} bytes were`} not kept.`,
      );
  }
  return notes;
}
