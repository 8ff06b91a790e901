/**
 * The page after the lessons, "When to use which". It says when concurrency alone helps, when
 * parallelism does, and when both do, and it shows the times of the runs of this visit.
 *
 * @typedef {import('../common/messages.js').Program} Program
 */
import { hashOf } from './address.js';
import { LANES, SLOT_NAMES } from '../common/lanes.js';
import { WHEN_TITLE } from './place.js';
import { time } from '../common/words.js';
import { make } from '../common/dom.js';

/** @type {[string, string, string, string[]][]} what tasks do, what helps, why, lessons */
const CASES = [
  [
    'They wait, for example for the network, for a disk or for a person',
    'Concurrency alone',
    'A task that waits needs no processor. So many tasks can wait at the same time, even on one processor.',
    ['fetch', 'greeters'],
  ],
  [
    'They compute, and the work can be divided into tasks',
    'Parallelism',
    'A task that computes needs a processor all the time. Several processors compute several tasks at the same time. ' +
      'The program must be concurrent first: a single task runs on one processor only.',
    ['counters', 'images', 'mandelbrot'],
  ],
  [
    'They wait and they compute',
    'Both',
    'While one task waits, another can compute. Several processors share the computing. Check which takes longer, the waiting or the computing.',
    ['kitchen', 'quadrants', 'pool'],
  ],
  [
    'Some of them must answer soon, while others compute for a long time',
    'Concurrency alone',
    'If the tasks take turns, a short task does not have to wait until a long one ends. The total time stays the same.',
    ['counters'],
  ],
  [
    'They work in stages, or on a stream of jobs',
    'Concurrency, and parallelism for the slowest stage',
    'With channels between the stages, all stages work at the same time. The slowest stage limits the speed, so give it more tasks.',
    ['pipeline', 'pool'],
  ],
  [
    'Each step needs the result of the step before',
    'Neither',
    'Such steps cannot overlap, and they cannot run at the same time.',
    ['counters'],
  ],
  [
    'They change the same data',
    'First make it correct',
    'Send values over a channel, or change them with atomic operations. One processor does not protect you: ' +
      'the runtime can switch to another task between a read and a write.',
    ['spaces', 'sum'],
  ],
];

const QUESTIONS = [
  'Which parts wait, and which parts compute? Concurrency helps with waiting. Parallelism helps with computing.',
  'Which parts need the result of another part? Only parts that do not need each other can overlap, and only parts that overlap can run in parallel.',
  'Did the change help? Change one thing at a time and measure. Smaller tasks need more switches, and all processors share one memory.',
];

/**
 * @param {HTMLElement} root
 * @param {Program[]} programs
 * @param {Map<string, import('../common/repeats.js').AllTimes>} visited   times in this visit, by program
 * @param {string} view
 */
export function showWhen(root, programs, visited, view) {
  const link = (/** @type {Program} */ { id, title }) =>
    make('a', { href: hashOf({ program: id, values: new Map(), view }) }, title);
  const links = (/** @type {string[]} */ ids) =>
    programs
      .filter(({ id }) => ids.includes(id))
      .flatMap((program, i) => (i > 0 ? [', ', link(program)] : [link(program)]));
  const own = programs.filter(({ id }) => visited.has(id));
  root.replaceChildren(
    make('p', { class: 'kicker' }, 'After the lessons'),
    make('h1', {}, WHEN_TITLE),
    make(
      'p',
      { class: 'text' },
      'Concurrency is how a program is structured: several tasks can be in progress. Parallelism is how it is executed: several tasks run at ' +
        'the same moment. A program can be concurrent without being parallel, on one processor. It cannot be parallel without being concurrent.',
    ),
    make(
      'div',
      { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'What helps, and when' },
      make(
        'table',
        { class: 'cases' },
        make(
          'thead',
          {},
          make(
            'tr',
            {},
            ...['What the tasks do', 'What helps', 'Why', 'Lessons'].map((name) => make('th', { scope: 'col' }, name)),
          ),
        ),
        make(
          'tbody',
          {},
          ...CASES.map(([what, helps, why, ids]) =>
            make(
              'tr',
              {},
              make('th', { scope: 'row' }, what),
              make('td', {}, make('strong', {}, helps)),
              make('td', {}, why),
              make('td', {}, ...links(ids)),
            ),
          ),
        ),
      ),
    ),
    make('h2', {}, 'Ask in this order'),
    make('ol', { class: 'questions' }, ...QUESTIONS.map((question) => make('li', {}, question))),
    make('h2', {}, 'The times of your own runs'),
    own.length === 0
      ? make('p', { class: 'text' }, 'Nothing has run in this visit. When you run a lesson, its times appear here.')
      : make(
          'div',
          { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Times of this visit' },
          make(
            'table',
            { class: 'figures' },
            make(
              'thead',
              {},
              make('tr', {}, make('td'), ...LANES.map((lane) => make('th', { scope: 'col' }, SLOT_NAMES[lane]))),
            ),
            make(
              'tbody',
              {},
              ...own.map((program) =>
                make(
                  'tr',
                  {},
                  make('th', { scope: 'row' }, link(program)),
                  ...LANES.map((lane) => {
                    const times = visited.get(program.id)?.[lane];
                    return make('td', {}, times ? time(times.medianMs) : '–');
                  }),
                ),
              ),
            ),
          ),
        ),
  );
}
