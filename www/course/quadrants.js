/**
 * Two tables of structure against execution, one for waiting and one for computing. Four measured
 * runs fill the tables. The cell of a missing run shows a dash. The drawing of the run that has no
 * lane stands below the tables.
 *
 * @typedef {import('../common/lanes.js').RunSlot} RunSlot
 * @typedef {import('../common/lanes.js').Reports} Reports
 */
import { change, KINDS } from './lessons/quadrants.js';
import { count, PROCESSOR_WORDS, time } from '../common/words.js';
import { make } from '../common/dom.js';
import { fourthRun } from './fourth-run.js';

/** @type {[string, RunSlot, RunSlot][]} rows: the name, the run on one processor, the run on all */
const ROWS = [
  ['One after another', 'sequential', 'sequentialAll'],
  ['Overlapping', 'concurrent', 'parallel'],
];

/**
 * @param {HTMLElement} root
 * @param {Reports} reports
 */
export function showQuadrants(root, reports) {
  root.hidden = Object.keys(reports).length === 0;
  if (root.hidden) return;
  const all = (reports.parallel ?? reports.sequentialAll)?.processors;
  const tables = KINDS.map((kind) => {
    const [title, figure] = kind;
    /** @param {RunSlot} slot */
    const ms = (slot) => {
      const measured = Number(reports[slot]?.observed?.[figure]);
      return Number.isNaN(measured) ? null : measured;
    };
    const { sequential } = reports;
    const base = ms('sequential');
    return make(
      'table',
      { class: 'quadrants' },
      make('caption', {}, title),
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          make('td'),
          make('th', { scope: 'col' }, '1 processor'),
          make('th', { scope: 'col' }, all ? count(all, PROCESSOR_WORDS) : 'all'),
        ),
      ),
      make(
        'tbody',
        {},
        ...ROWS.map(([name, one, many]) =>
          make(
            'tr',
            {},
            make('th', { scope: 'row' }, name),
            ...[one, many].map((slot) => {
              const measured = ms(slot);
              const report = reports[slot];
              const found = sequential && report ? change(sequential, report, kind) : 'alike';
              const remark =
                found === 'other work'
                  ? 'the same computing happened to run faster'
                  : found === 'less' && base && measured
                    ? `${(base / measured).toFixed(1)} times as fast`
                    : '';
              return make(
                'td',
                { class: found === 'less' ? 'gain' : '' },
                measured === null ? '–' : time(measured),
                ...(remark ? [make('span', { class: 'factor' }, remark)] : []),
              );
            }),
          ),
        ),
      ),
    );
  });
  root.replaceChildren(
    make('h2', {}, 'Structure and execution'),
    make('div', { class: 'pair' }, ...tables),
    make(
      'p',
      { class: 'note' },
      'A coloured time is clearly shorter than the time of one after another on 1 processor.',
    ),
    ...(reports.sequentialAll
      ? [fourthRun(reports.sequentialAll, Math.max(...Object.values(reports).map(({ wallMs }) => wallMs)))]
      : []),
  );
}
