/**
 * What a lesson is made of, and the words that lessons have in common. Figures
 * never stand in a lesson: they come from the reader's own runs.
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
 *   why one may well think so, by the answer that the runs gave instead
 */

/**
 * What the runs say to a question. Without an answer, `because` says why these
 * figures carry none.
 * @typedef {{answer: string | null, because: string}} Verdict
 */

/**
 * What the runs say about the step from one seat to another; undefined: they were not compared.
 * @typedef {(above: import('../../common/lanes.js').Seat, below: import('../../common/lanes.js').Seat) => import('../../common/messages.js').StepVerdict | undefined} StepOf
 */

/**
 * @typedef {object} Question
 * @property {string} text
 * @property {Option[]} options
 * @property {readonly (keyof Reports)[]} needs     the runs without which there is nothing to judge
 * @property {(reports: Required<Reports>, stepOf: StepOf) => Verdict} judge   gets the runs that it needs; others may be missing
 */

/**
 * Something to change, and what to look at then. What is not given goes back to its default.
 * @typedef {object} Next
 * @property {string} label
 * @property {string} look
 * @property {Record<string, string | string[]>} given
 */

/**
 * A figure of a run besides its times.
 * @typedef {object} Measure
 * @property {string} label
 * @property {(report: SentReport) => string | null} of    null: this run has none
 */

/**
 * @typedef {object} Lesson
 * @property {string} claim
 * @property {string} text
 * @property {Question | null} question
 * @property {readonly [string, string]} worker               what a processor is called here: one, several
 * @property {readonly [string, string]} task                 what the tasks that main starts are called: one, several
 * @property {Record<Exclude<Lane, 'sequential'>, string>} subtitle  how the tasks share the processors, after "1 cook, "; the Sequential lane's title says it
 * @property {string} notSequential                           why it can't do one task after another, where it can't
 * @property {Record<Exclude<Lane, 'sequential'>, string>} step   what changes from the lane above
 * @property {{running: string, ready: string, blocked: string}} legend
 * @property {Record<string, string>} waits                    words for what a task waits for, where they differ; "on channel 1" or "from channel 1" may follow
 * @property {boolean} channels                              whether readers know by now what a channel is
 * @property {Measure[]} measures
 * @property {Next[]} next
 * @property {string[]} notes                                  what is easily got wrong
 * @property {boolean} arrows                                  whether the timeline opens with arrows from each send to its receive
 * @property {boolean} quadrants                               whether it compares structure and execution in a table
 * @property {boolean} network                                 whether it makes requests, which somebody has to answer
 * @property {boolean} ownPictures                             whether readers can put in pictures of their own
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
  waits: { 'wait group': 'waits', send: 'waits to send', receive: 'waits to receive' },
  channels: true,
  measures: [],
  next: [],
  notes: [],
  arrows: false,
  quadrants: false,
  network: false,
  ownPictures: false,
};

export const THREE_LANES = /** @type {const} */ (['sequential', 'concurrent', 'parallel']);
export const BOTH_LANES = /** @type {const} */ (['concurrent', 'parallel']);
