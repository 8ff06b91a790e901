/**
 * The lanes' figures side by side and, once values were changed, those from
 * before: what a change did is seen by comparing.
 *
 * @typedef {import('../lanes.js').Lane} Lane
 * @typedef {import('../lessons/lesson.js').Measure} Measure
 * @typedef {import('../lessons/lesson.js').Reports} Reports
 * @typedef {import('../messages.js').Program} Program
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { LANES, SEATS } from '../lanes.js';
import { textOf } from '../values.js';
import { list, time } from '../words.js';
import { make } from './dom.js';

export class Figures {
  #root;
  #table = make('table', { class: 'figures' });
  #before = make('p', { class: 'note' });
  /** @type {Program | null} */
  #program = null;
  /** @type {Measure[]} */
  #measures = [];
  /** @type {Reports} */
  #now = {};
  /** @type {Reports} of the values before these */
  #then = {};

  /**
   * @param {HTMLElement} root
   * @param {Node} beside     shown with the heading
   */
  constructor(root, beside) {
    this.#root = root;
    root.replaceChildren(
      make('div', { class: 'heading' }, make('h2', { id: 'figures-heading' }, 'In these runs'), beside),
      make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'figures-heading' }, this.#table), this.#before);
  }

  /**
   * Another program.
   * @param {Program} program
   * @param {Measure[]} measures
   */
  show(program, measures) {
    this.#program = program;
    this.#measures = [{ label: 'Time', of: ({ wallMs }) => time(wallMs) }, ...measures];
    this.#now = {};
    this.#then = {};
    this.#root.hidden = true;
  }

  /** @param {Reports} reports   the completed runs of the values now shown */
  update(reports) {
    if (changes(this.#program, this.#now, reports).length > 0) this.#then = this.#now;
    this.#now = { ...reports };
    const lanes = LANES.filter((lane) => reports[lane]);
    this.#root.hidden = lanes.length === 0;
    if (lanes.length === 0) return;
    const changed = changes(this.#program, this.#then, reports);
    this.#before.hidden = changed.length === 0;
    this.#before.textContent = `The small figures are from before, with ${list(changed)}.`;
    const rows = this.#measures.flatMap(({ label, of }) => {
      const cells = lanes.map((lane) => cell(of, reports[lane], changed.length > 0 ? this.#then[lane] : undefined));
      return cells.every((texts) => texts.length === 0) ? [] : [make('tr', {},
        make('th', { scope: 'row' }, label), ...cells.map((texts) => make('td', {}, ...texts)))];
    });
    this.#table.replaceChildren(
      make('thead', {}, make('tr', {}, make('td'), ...lanes.map((lane) => make('th', { scope: 'col' }, SEATS[lane])))),
      make('tbody', {}, ...rows));
  }
}

/**
 * @param {Measure['of']} of
 * @param {SentReport | undefined} now
 * @param {SentReport | undefined} then
 */
function cell(of, now, then) {
  const [text, before] = [now && of(now), then && of(then)];
  if (!text && !before) return [];
  return [text || '–', ...(before ? [make('span', { class: 'before' }, make('span', { class: 'unseen' }, ', before '), before)] : [])];
}

/**
 * Which values the earlier runs had otherwise.
 * @param {Program | null} program
 * @param {Reports} then
 * @param {Reports} now
 * @returns {string[]} "Time slice 10 ms"
 */
function changes(program, then, now) {
  const [before, after] = [then, now].map((reports) => Object.values(reports)[0]);
  if (!program || !before || !after) return [];
  const changed = program.params.flatMap(({ name, label, unit }) => {
    const [old, recent] = [before.params[name], after.params[name]].map(textOf);
    return old === recent ? [] : [`${label} ${old || 'empty'}${old && unit ? ` ${unit}` : ''}`];
  });
  if (then.parallel && now.parallel && then.parallel.processors !== now.parallel.processors) changed.push(`Processors ${then.parallel.processors}`);
  if (before.seed !== after.seed) changed.push(`Seed ${before.seed}`);
  return changed;
}
