/**
 * The legend for rows that show several tasks, or all processors. The legend is shown only if a
 * timeline has such a row.
 *
 * @typedef {import('../timeline/layout/layout.js').Layout} Layout
 */
import { MOST_ROWS } from '../timeline/layout/layout.js';
import { make, say } from '../common/dom.js';

export class GroupLegend {
  #groups = make(
    'p',
    { hidden: true },
    'A tall row shows many tasks. The height of its area is their number at that moment: ',
    make(
      'span',
      { class: 'key' },
      make('span', { class: 'share-key key-1' }),
      make('span', { class: 'share-key key-2' }),
    ),
    ' running, ',
    make('span', { class: 'share-key share-ready' }),
    ' ready and ',
    make('span', { class: 'share-key share-blocked' }),
    ' blocked. ',
    'Press its name to see each task.',
  );
  #processors = make('p', { hidden: true });
  #left = make('p', { hidden: true });
  element = make('div', { class: 'group-legend' }, this.#groups, this.#processors, this.#left);

  /**
   * @param {Layout[]} layouts   the layouts of the lanes that show a run
   * @param {number} left        the number of tasks without a row
   * @param {readonly [string, string]} worker   the word for a processor: singular, plural
   */
  show(layouts, left, worker) {
    const groups = layouts.some(({ groupRows }) => groupRows.length > 0);
    const oneRow = layouts.some(({ together }) => together > 0);
    this.#groups.hidden = !groups;
    say(
      this.#processors,
      oneRow ? `The row below shows how many ${worker[1]} were at work. Press its name to see each ${worker[0]}.` : '',
    );
    say(
      this.#left,
      groups && left > 0
        ? `A timeline has at most ${MOST_ROWS} rows. ${left} more tasks have no row of their own.`
        : '',
    );
    this.element.hidden = !groups && !oneRow;
  }
}
