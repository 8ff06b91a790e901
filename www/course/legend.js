/**
 * The legend, which explains the marks and the figures in the words of the lesson.
 *
 * @typedef {import('./lessons/lesson.js').Lesson} Lesson
 */
import { make } from '../common/dom.js';

/**
 * @param {HTMLElement} marks    gets the explanation of the timelines' marks
 * @param {HTMLElement} terms    gets the explanation of the figures' terms
 * @param {Lesson} lesson
 */
export function showLegend(marks, terms, { legend, worker }) {
  const filled = make(
    'span',
    { class: 'key' },
    ...['1', '2'].map((number) => make('span', { class: `key-running key-${number}` }, number)),
  );
  marks.replaceChildren(
    make(
      'ul',
      { class: 'keys', 'aria-label': 'Legend' },
      make('li', {}, filled, legend.running),
      make('li', {}, make('span', { class: 'key' }, make('span', { class: 'key-ready' })), legend.ready),
      make('li', {}, make('span', { class: 'key' }, make('span', { class: 'key-blocked' })), legend.blocked),
    ),
  );
  terms.replaceChildren(
    make('strong', {}, 'Concurrency'),
    ' is the number of tasks in progress: they have started and have not ended. They may run, be ready to run, or wait. ' +
      'Main, the task in which a program begins, counts too. ',
    make('strong', {}, 'Parallelism'),
    ` is the number of ${
      worker[1] === 'processors' ? 'processors' : `${worker[1]} (processors)`
    } that work at the same moment, each on its own task. If it is never more than 1, there is no parallelism. ` +
      `The narrow strip below the tasks shows when each ${worker[0]} works. Each of the boxes is called a lane. It shows the highest concurrency and the average, and the same for parallelism. ` +
      'Very short work is drawn one pixel wide, so that you can see it.',
  );
}
