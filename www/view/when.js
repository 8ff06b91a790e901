/**
 * After the lessons: when structure alone helps, when processors do, when both,
 * and what this visit's own runs say to it.
 *
 * @typedef {import('../messages.js').Program} Program
 */
import { hashOf } from '../address.js';
import { LANES, SEATS } from '../lanes.js';
import { time } from '../words.js';
import { make } from './dom.js';

/** @type {[string, string, string, string[]][]} what tasks do, what helps, why, lessons that show it */
const CASES = [
  ['They wait: for answers, for disks, for people', 'Concurrency alone',
    'A waiting task needs no processor, so one processor can have any number of waits under way.', ['fetch', 'greeters']],
  ['They compute, and the work can be cut in pieces', 'Parallelism',
    'Every piece needs a processor for its time. But first there have to be pieces: parallelism needs a concurrent structure.', ['counters', 'images', 'mandelbrot']],
  ['They do both', 'Both',
    'The structure fills the waits, the processors share what is left to compute. Look which of the two is longer.', ['kitchen', 'quadrants', 'pool']],
  ['Somebody wants an answer soon, whatever else goes on', 'Concurrency alone',
    'Taking turns makes nothing faster in all, but nobody has to wait until all others are done.', ['counters']],
  ['They come in stages, or as a stream of jobs', 'Concurrency, and parallelism for the slow stage',
    'Channels let every stage work at its own pace. The slowest one decides: give that one more hands.', ['pipeline', 'pool']],
  ['Each step needs the one before', 'Neither',
    'What can’t overlap gains nothing from structure, and one task is on one processor.', ['counters']],
  ['They change something that they share', 'Care, first',
    'Hand values over a channel, or change them in one step. A single processor is no protection: tasks are switched between a reading and a writing, too.', ['spaces', 'sum']],
];

const QUESTIONS = [
  'What waits, and what computes? Waits ask for structure, computing asks for processors.',
  'What needs what? Only what doesn’t need each other can overlap, and only what overlaps can run in parallel.',
  'Did it help? Measure, with one change at a time. Smaller pieces cost more switching, and more processors share one memory.',
];

/**
 * @param {HTMLElement} root
 * @param {Program[]} programs
 * @param {Map<string, import('../repeats.js').AllTimes>} visited   how long lanes took in this visit, by program
 * @param {string} view
 */
export function showWhen(root, programs, visited, view) {
  const link = (/** @type {Program} */ { id, title }) => make('a', { href: hashOf({ program: id, given: new Map(), view }) }, title);
  const links = (/** @type {string[]} */ ids) => programs.filter(({ id }) => ids.includes(id))
    .flatMap((program, i) => (i > 0 ? [', ', link(program)] : [link(program)]));
  const own = programs.filter(({ id }) => visited.has(id));
  root.replaceChildren(
    make('p', { class: 'kicker' }, 'In the end'),
    make('h1', {}, 'When which?'),
    make('p', { class: 'text' }, 'Concurrency is how a program is structured: several things may be in progress. Parallelism is how it is executed: several things happen at '
      + 'the same moment. You can have the first without the second, on one processor. You can’t have the second without the first.'),
    make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'When which helps' },
      make('table', { class: 'cases' },
        make('thead', {}, make('tr', {}, ...['What the tasks do', 'What helps', 'Why', 'Seen in'].map((name) => make('th', { scope: 'col' }, name)))),
        make('tbody', {}, ...CASES.map(([what, helps, why, ids]) => make('tr', {},
          make('th', { scope: 'row' }, what), make('td', {}, make('strong', {}, helps)), make('td', {}, why), make('td', {}, ...links(ids))))))),
    make('h2', {}, 'Ask in this order'),
    make('ol', { class: 'questions' }, ...QUESTIONS.map((question) => make('li', {}, question))),
    make('h2', {}, 'What your own runs say'),
    own.length === 0 ? make('p', { class: 'text' }, 'Nothing has run in this visit. Run a lesson, and its times stand here.')
      : make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Times of this visit' },
        make('table', { class: 'figures' },
          make('thead', {}, make('tr', {}, make('td'), ...LANES.map((lane) => make('th', { scope: 'col' }, SEATS[lane])))),
          make('tbody', {}, ...own.map((program) => make('tr', {}, make('th', { scope: 'row' }, link(program)),
            ...LANES.map((lane) => {
              const times = visited.get(program.id)?.[lane];
              return make('td', {}, times ? time(times.medianMs) : '–');
            })))))));
}
