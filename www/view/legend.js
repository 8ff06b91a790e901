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
    make('strong', {}, 'Concurrency'), ': tasks that were started and have not ended, be they inside a processor, ready or waiting. '
      + 'One of them is main, where a program begins. ',
    make('strong', {}, 'Parallelism'), `: ${worker[1] === 'processors' ? 'processors' : `${worker[1]} (processors)`
      } inside a task at the same moment; beneath the rows each has a strip. First the most there were at once, then the mean over time. A mark is never drawn narrower than a pixel.`);
}
