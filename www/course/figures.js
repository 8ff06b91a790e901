/**
 * The lanes' figures side by side. After a change of the form's values, the table also shows the
 * figures with the earlier values, so that the reader can compare.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('./lessons/lesson.js').Measure} Measure
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/repeats.js').AllTimes} AllTimes
 */
import { LANES, SLOT_NAMES } from '../common/lanes.js';
import { textOf } from '../form/values.js';
import { list, time, timeRange } from '../common/words.js';
import { make } from '../common/dom.js';

/**
 * The figures of the runs with one set of values, as texts. The reports are not kept, because
 * images make reports large.
 * @typedef {object} Shown
 * @property {SentReport['params']} params
 * @property {number} seed
 * @property {number | null} processors   the Parallel lane's number; null if that lane has no run
 * @property {Partial<Record<Lane, string>>[]} rows   a text for each measure and lane
 */

export class FiguresTable {
  #root;
  #table = make('table', { class: 'figures' });
  #before = make('p', { class: 'note' });
  /** @type {Program | null} */
  #program = null;
  /** @type {Measure[]} the figures besides the times */
  #measures = [];
  /** @type {Shown | null} */
  #now = null;
  /** @type {Shown | null} the figures with the previous values */
  #then = null;

  /**
   * @param {HTMLElement} root
   * @param {Node} beside     is shown beside the heading
   */
  constructor(root, beside) {
    this.#root = root;
    root.replaceChildren(
      make('div', { class: 'heading' }, make('h2', { id: 'figures-heading' }, 'In these runs'), beside),
      make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'figures-heading' }, this.#table),
      this.#before,
    );
  }

  /**
   * Empties the table, for another program.
   * @param {Program} program
   * @param {Measure[]} measures
   */
  show(program, measures) {
    this.#program = program;
    this.#measures = measures;
    this.#now = null;
    this.#then = null;
    this.#root.hidden = true;
  }

  /**
   * @param {Reports} reports   the last completed run of each slot with the current values
   * @param {AllTimes} times    the times of all runs with these values
   */
  update(reports, times) {
    const lanes = LANES.filter((lane) => reports[lane]);
    this.#root.hidden = lanes.length === 0;
    const [report] = Object.values(reports);
    if (!report) return;
    const now = {
      params: report.params,
      seed: report.seed,
      processors: reports.parallel?.processors ?? null,
      rows: [
        textsOf(lanes, (lane) => time(times[lane]?.medianMs ?? 0)),
        textsOf(lanes, (lane) => several(times[lane], ({ runs }) => String(runs))),
        textsOf(lanes, (lane) => several(times[lane], ({ leastMs, mostMs }) => timeRange(leastMs, mostMs))),
        ...this.#measures.map(({ of }) => textsOf(lanes, (lane) => of(/** @type {SentReport} */ (reports[lane])))),
      ],
    };
    if (this.#now && changes(this.#program, this.#now, now).length > 0) this.#then = this.#now;
    this.#now = now;
    const then = this.#then;
    const changed = then ? changes(this.#program, then, now) : [];
    const repeated = lanes.some((lane) => (times[lane]?.runs ?? 0) > 1);
    this.#before.hidden = changed.length === 0 && !repeated;
    this.#before.textContent = [
      repeated ? 'Times are medians. All other figures are those of each lane’s last run.' : '',
      changed.length > 0 ? `The small figures are from before, with ${list(changed)}.` : '',
    ]
      .filter(Boolean)
      .join(' ');
    const labels = [
      repeated ? 'Time, median' : 'Time',
      'Runs',
      'Fastest to slowest',
      ...this.#measures.map(({ label }) => label),
    ];
    const rows = now.rows.flatMap((texts, i) => {
      const cells = lanes.map((lane) => cell(texts[lane], changed.length > 0 ? then?.rows[i][lane] : undefined));
      return cells.every((parts) => parts.length === 0)
        ? []
        : [make('tr', {}, make('th', { scope: 'row' }, labels[i]), ...cells.map((parts) => make('td', {}, ...parts)))];
    });
    this.#table.replaceChildren(
      make(
        'thead',
        {},
        make('tr', {}, make('td'), ...lanes.map((lane) => make('th', { scope: 'col' }, SLOT_NAMES[lane]))),
      ),
      make('tbody', {}, ...rows),
    );
  }
}

/**
 * @param {Lane[]} lanes
 * @param {(lane: Lane) => string | null} of
 * @returns {Partial<Record<Lane, string>>}
 */
const textsOf = (lanes, of) =>
  Object.fromEntries(
    lanes.flatMap((lane) => {
      const text = of(lane);
      return text ? [[lane, text]] : [];
    }),
  );

/**
 * Returns a text about several runs, or null if there is only one run.
 * @param {AllTimes[Lane]} times
 * @param {(times: import('../common/repeats.js').Times) => string} of
 */
const several = (times, of) => (times && times.runs > 1 ? of(times) : null);

/**
 * @param {string | undefined} now
 * @param {string | undefined} then
 */
function cell(now, then) {
  if (!now && !then) return [];
  return [
    now || '–',
    ...(then ? [make('span', { class: 'before' }, make('span', { class: 'unseen' }, ', before '), then)] : []),
  ];
}

/**
 * Lists the values of the earlier runs that differ from the values of the later runs.
 * @param {Program | null} program
 * @param {Shown} before
 * @param {Shown} after
 * @returns {string[]} "Time slice 10 ms"
 */
function changes(program, before, after) {
  if (!program) return [];
  const changed = program.params.flatMap(({ name, label, unit }) => {
    const [old, recent] = [before.params[name], after.params[name]].map(textOf);
    return old === recent ? [] : [`${label} ${old || 'empty'}${old && unit ? ` ${unit}` : ''}`];
  });
  if (before.processors && after.processors && before.processors !== after.processors)
    changed.push(`Processors ${before.processors}`);
  if (before.seed !== after.seed) changed.push(`Seed ${before.seed}`);
  return changed;
}
