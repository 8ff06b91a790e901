/**
 * The panel "Where did the time go?". It shows each processor's time in parts that add up to the
 * time of the run, and how much longer the same work took than on one processor.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { LANES, SLOT_NAMES } from '../common/lanes.js';
import { sameWork } from './same-work.js';
import { time } from '../common/words.js';
import { make } from '../common/dom.js';

/** The parts: the column, the words, and the end of the class's name. */
const PARTS = /** @type {const} */ ([
  ['insideMs', 'at work on tasks', 'inside'],
  ['schedulingMs', 'switching between tasks', 'scheduling'],
  ['collectingMs', 'collecting unused memory', 'collecting'],
  ['idleMs', 'no task was ready', 'idle'],
  ['tailMs', 'tail: nothing left to do', 'tail'],
]);

/**
 * Returns the parts that these reports have. Only a program that collects unused memory has all.
 * @param {(SentReport | null)[]} reports
 */
const partsOf = (reports) =>
  PARTS.filter(
    ([part]) => part !== 'collectingMs' || reports.some((report) => report?.losses.collectingMs.some((ms) => ms > 0)),
  );

export class LossesPanel {
  element = make('div', { class: 'losses wide' });
  #open = false;
  /** @type {(SentReport | null)[]} */
  #shown = [];
  /** @type {Record<Lane, SentReport | null>} */
  #reports = { sequential: null, concurrent: null, parallel: null };

  /** @param {boolean} open */
  toggle(open) {
    this.#open = open;
    this.show(this.#reports);
  }

  /** @param {Record<Lane, SentReport | null>} reports */
  show(reports) {
    this.#reports = reports;
    if (!this.#open) {
      this.#shown = []; // a closed panel keeps no report alive
      return;
    }
    const now = LANES.map((lane) => reports[lane]);
    if (now.every((report, i) => report === this.#shown[i]) && this.element.childElementCount > 0) return;
    this.#shown = now;
    this.element.replaceChildren(
      make(
        'ul',
        { class: 'keys', 'aria-label': 'Parts of the time' },
        ...partsOf(now).map(([, words, name]) =>
          make('li', {}, make('span', { class: `part-key part-${name}` }), words),
        ),
      ),
      ...LANES.flatMap((lane) => {
        const report = reports[lane];
        return report ? [lossesOf(lane, report, lane === 'parallel' ? sameWork(reports.concurrent, report) : '')] : [];
      }),
      make(
        'p',
        { class: 'note' },
        'Each row adds up to the time of the run. A task that waits needs no processor, so its waiting is not lost time.',
      ),
    );
  }
}

/**
 * @param {Lane} lane
 * @param {SentReport} report
 * @param {string} also   a further sentence; empty for none
 */
function lossesOf(lane, report, also) {
  const { losses, wallMs } = report;
  const parts = partsOf([report]);
  const rows = Array.from(losses.insideMs, (_, p) => {
    const whole = parts.reduce((sum, [part]) => sum + losses[part][p], 0) || 1;
    const bar = make(
      'div',
      { class: 'parts', 'aria-hidden': 'true' },
      ...parts.map(([part, , name]) => {
        const piece = make('span', { class: `part part-${name}` });
        piece.style.flexGrow = String(losses[part][p] / whole);
        return piece;
      }),
    );
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, String(p + 1)),
      make('td', { class: 'bar' }, bar),
      ...parts.map(([part]) => make('td', {}, percent(losses[part][p] / whole))),
    );
  });
  return make(
    'section',
    { class: 'lane-losses' },
    make('h3', {}, `${SLOT_NAMES[lane]}, ${time(wallMs)}`),
    ...[report.lossesSentence, also].filter(Boolean).map((sentence) => make('p', {}, sentence)),
    make(
      'div',
      {
        class: 'scroll',
        tabindex: '0',
        role: 'group',
        'aria-label': `${SLOT_NAMES[lane]}: where each processor’s time went`,
      },
      make(
        'table',
        {},
        make(
          'thead',
          {},
          make(
            'tr',
            {},
            make('th', { scope: 'col' }, 'Processor'),
            make('td', { class: 'bar' }),
            ...parts.map(([, words]) => make('th', { scope: 'col' }, words)),
          ),
        ),
        make('tbody', {}, ...rows),
      ),
    ),
  );
}

/** @param {number} share   is shown with one decimal: a row adds up to 100 % within rounding */
const percent = (share) => `${(share * 100).toFixed(1)} %`;
