/**
 * What the marks mean, in the words of the lesson.
 *
 * @typedef {import('../lessons/lesson.js').Lesson} Lesson
 */
import { make } from './dom.js';

/**
 * @param {HTMLElement} marks    what the pictures are made of
 * @param {HTMLElement} terms    what the figures beneath them are
 * @param {Lesson} lesson
 */
export function showLegend(marks, terms, { legend, worker }) {
  const filled = make('span', { class: 'key' },
    ...['1', '2'].map((number) => make('span', { class: `key-running key-${number}` }, number)));
  marks.replaceChildren(
    make('ul', { class: 'keys', 'aria-label': 'Legend' },
      make('li', {}, filled, legend.running),
      make('li', {}, make('span', { class: 'key' }, make('span', { class: 'key-ready' })), legend.ready),
      make('li', {}, make('span', { class: 'key' }, make('span', { class: 'key-blocked' })), legend.blocked)));
  terms.replaceChildren(
    make('strong', {}, 'Concurrency'), ' is the number of tasks that have started and not yet ended. They may be running, ready or blocked. '
      + 'One of them is main, the task in which a program begins. ',
    make('strong', {}, 'Parallelism'), ` is the number of ${worker[1] === 'processors' ? 'processors' : `${worker[1]} (processors)`
      } that are inside a task at the same moment. Each has a narrow strip below the tasks. Of both, a lane shows the highest number and the mean over time. `
      + 'A mark is at least one pixel wide, however short it was.');
}
