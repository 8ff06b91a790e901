/**
 * A table with the times of each task: the timeline in words. The table is built when the reader
 * opens it.
 *
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { ENDINGS } from '../common/messages.js';
import { time } from '../common/words.js';
import { lineName } from '../timeline/words/line-words.js';
import { make } from '../common/dom.js';

const MOST_ROWS = 300;
const COLUMNS = ['Task', 'Running', 'Ready', 'Blocked', 'Ended', 'Started at'];

export class TaskTable {
  /** @type {SentReport | null} */
  #report = null;
  #body = make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Times of each task' });

  constructor() {
    this.element = make(
      'details',
      { class: 'tasks', hidden: true, toggle: () => this.#build() },
      make('summary', {}, 'Times of each task'),
      this.#body,
    );
  }

  /** @param {SentReport | null} report */
  show(report) {
    this.#report = report;
    this.element.hidden = report === null;
    this.#body.replaceChildren();
    this.#build();
  }

  #build() {
    if (!this.element.open || !this.#report || this.#body.childElementCount > 0) return;
    const report = this.#report;
    const { tasks } = report;
    const rows = Array.from(tasks.name.slice(0, MOST_ROWS), (name, i) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row' }, name),
        ...[tasks.runningMs, tasks.readyMs, tasks.blockedMs].map((column) => make('td', {}, time(column[i] ?? 0))),
        make('td', {}, ended(tasks.endedMs[i] ?? NaN, ENDINGS[tasks.endedBy[i] ?? -1])),
        make('td', {}, startedAt(report, i)),
      ),
    );
    this.#body.append(
      make(
        'table',
        {},
        make('thead', {}, make('tr', {}, ...COLUMNS.map((name) => make('th', { scope: 'col' }, name)))),
        make('tbody', {}, ...rows),
      ),
    );
    if (tasks.name.length > MOST_ROWS) {
      this.#body.append(
        make('p', { class: 'note' }, `This table shows the first ${MOST_ROWS} of ${tasks.name.length} tasks.`),
      );
    }
  }
}

/**
 * @param {SentReport} report
 * @param {number} task
 */
function startedAt(report, task) {
  if (report.places.length === 0) return 'not recorded';
  const line = report.places[report.tasks.place[task]];
  return line ? lineName(report, line) : '';
}

/**
 * @param {number} ms
 * @param {string | undefined} how
 */
const ended = (ms, how) => (Number.isNaN(ms) ? (how ?? '') : `${time(ms)}, ${how ?? ''}`);
