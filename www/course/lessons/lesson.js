/**
 * The parts of a lesson, and the words that lessons have in common. A lesson contains no figures.
 * All figures come from the reader's own runs.
 *
 * @typedef {import('../../common/lanes.js').Lane} Lane
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/lanes.js').Reports} Reports
 */
import { PROCESSOR_WORDS } from '../../common/words.js';

/**
 * @typedef {object} Option
 * @property {string} id
 * @property {string} label
 * @property {Record<string, string>} [instead]
 *   why the reader may have chosen this option, for each other answer that the runs may show
 */

/**
 * The answer of the runs to a question. If `answer` is null, `because` says why no answer follows
 * from these figures.
 * @typedef {{answer: string | null, because: string}} Judgement
 */

/**
 * Returns the verdict on the step from one slot to another; undefined if the two were not compared.
 * @typedef {(above: import('../../common/lanes.js').RunSlot, below: import('../../common/lanes.js').RunSlot) => import('../../common/messages.js').Verdict | undefined} VerdictOn
 */

/**
 * @typedef {object} Question
 * @property {string} text
 * @property {Option[]} options
 * @property {readonly (keyof Reports)[]} needs     the runs that `judge` needs
 * @property {(reports: Required<Reports>, verdictOn: VerdictOn) => Judgement} judge   `reports` always has the needed runs, and may lack others
 */

/**
 * A suggestion: the values to change, and what to look at after the change. All other values go
 * back to their defaults.
 * @typedef {object} Next
 * @property {string} label
 * @property {string} look
 * @property {Record<string, string | string[]>} values
 */

/**
 * A figure of a run besides its times.
 * @typedef {object} Measure
 * @property {string} label
 * @property {(report: SentReport) => string | null} of    null if the run has no such figure
 */

/**
 * @typedef {object} Lesson
 * @property {string} claim
 * @property {string} text
 * @property {Question | null} question
 * @property {readonly [string, string]} worker               the lesson's words for one processor, and for several
 * @property {readonly [string, string]} task                 the lesson's words for a task that main starts, and for several
 * @property {Record<Exclude<Lane, 'sequential'>, string>} subtitle  how the tasks share the processors; stands after "1 cook, ". The Sequential lane needs none, because its title says how
 * @property {string} notSequential                           why there is no Sequential lane, if there is none
 * @property {Record<Exclude<Lane, 'sequential'>, string>} step   what changes compared with the lane above
 * @property {{running: string, ready: string, blocked: string}} legend
 * @property {Record<string, string>} waits                    the lesson's own words for what a task waits for; "on channel 1" or "from channel 1" may follow
 * @property {boolean} channels                              whether readers already know what a channel is
 * @property {Measure[]} measures
 * @property {Next[]} next
 * @property {string[]} notes                                  what is easily misunderstood
 * @property {boolean} arrows                                  whether the timeline opens with arrows from each send to its receive
 * @property {boolean} quadrants                               whether the lesson compares structure and execution in tables
 * @property {boolean} network                                 whether the program makes requests, which the service worker answers
 * @property {boolean} ownImages                               whether readers can add their own images
 */

/** @type {Omit<Lesson, 'claim' | 'text'>} */
export const PLAIN = {
  question: null,
  worker: PROCESSOR_WORDS,
  task: ['task', 'tasks'],
  subtitle: {
    concurrent: 'tasks overlap',
    parallel: 'tasks overlap',
  },
  notSequential: 'This lesson has no Sequential lane. Its tasks wait for each other, so they must overlap.',
  step: {
    concurrent: 'The same processor. Now the tasks may overlap.',
    parallel: 'The same tasks. Now with more processors.',
  },
  legend: {
    running: 'runs; the number says on which processor',
    ready: 'ready to run, and waits for a processor',
    blocked: 'waits for something, and needs no processor',
  },
  waits: {
    'wait group': 'waits',
    send: 'waits to send',
    receive: 'waits to receive',
    select: 'waits for one of several channels',
    mutex: 'waits for a mutex',
    condition: 'waits for a condition',
    semaphore: 'waits for a semaphore',
    'nil channel': 'waits on a channel that does not exist',
    collector: 'collecting',
    call: 'waits for the task that it calls',
  },
  channels: true,
  measures: [],
  next: [],
  notes: [],
  arrows: false,
  quadrants: false,
  network: false,
  ownImages: false,
};

export const THREE_LANES = /** @type {const} */ (['sequential', 'concurrent', 'parallel']);
export const BOTH_LANES = /** @type {const} */ (['concurrent', 'parallel']);
