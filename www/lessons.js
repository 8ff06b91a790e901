/**
 * What each lesson says: a claim, a short text, a question to answer before
 * running, and the words of its little world. Figures never stand here: they
 * come from the reader's own runs.
 *
 * @typedef {import('./lanes.js').Lane} Lane
 * @typedef {import('./messages.js').SentReport} SentReport
 */
import { list, time } from './words.js';

/** @typedef {Partial<Record<Lane, SentReport>>} Reports   completed runs of the values now shown */

/**
 * @typedef {object} Question
 * @property {string} text
 * @property {{id: string, label: string}[]} options
 * @property {(reports: Reports) => {answer: string, because: string} | null} judge
 *   which option the runs bear out, and the figures that say so; null: not all that it needs has run
 */

/**
 * @typedef {object} Lesson
 * @property {string} claim
 * @property {string} text
 * @property {Question | null} question
 * @property {readonly [string, string]} worker               what a processor is called here: one, several
 * @property {Record<Lane, string>} manner                    how the lane goes about it, after "1 cook, "
 * @property {Record<Exclude<Lane, 'sequential'>, string>} step   what changes from the lane above
 * @property {{running: string, ready: string, blocked: string}} legend
 * @property {Record<string, string>} waits                    words for what a task waits for, where they differ
 */

/** Shares of a wall time below which two times count as equal in an answer. */
const ALIKE = 0.1;

/** @type {Omit<Lesson, 'claim' | 'text' | 'question'>} */
const PLAIN = {
  worker: ['processor', 'processors'],
  manner: {
    sequential: 'one task after another',
    concurrent: 'tasks overlap',
    parallel: 'tasks overlap',
  },
  step: {
    concurrent: 'Same processor. Now the tasks may overlap.',
    parallel: 'Same program. Now with more processors.',
  },
  legend: {
    running: 'running, the number says on which processor',
    ready: 'ready, but no processor is free',
    blocked: 'blocked, it waits for something',
  },
  waits: { 'wait group': 'waits' },
};

/** @type {Record<string, Lesson>} */
const LESSONS = {
  kitchen: {
    ...PLAIN,
    claim: 'One cook can have every pot on the stove.',
    text: 'Chopping needs a cook’s hands. Boiling needs none. So there are two ways to be done sooner: '
      + 'start the next dish while one boils, or bring in another cook.',
    worker: ['cook', 'cooks'],
    manner: {
      sequential: 'one dish after another',
      concurrent: 'dishes overlap',
      parallel: 'dishes overlap',
    },
    step: {
      concurrent: 'Same cook. Now the dishes may overlap.',
      parallel: 'Same plan. Now with every cook.',
    },
    legend: {
      running: 'chopping, the number says which cook',
      ready: 'ready, but no cook is free',
      blocked: 'boiling, or waiting',
    },
    waits: { ...PLAIN.waits, sleep: 'boils' },
    question: {
      text: 'Which saves more here?',
      options: [
        { id: 'overlap', label: 'overlapping the dishes' },
        { id: 'cooks', label: 'more cooks' },
        { id: 'equal', label: 'about the same' },
      ],
      judge({ sequential, concurrent, parallel }) {
        if (!sequential || !concurrent || !parallel) return null;
        const overlap = sequential.wallMs - concurrent.wallMs;
        const cooks = concurrent.wallMs - parallel.wallMs;
        const alike = Math.abs(overlap - cooks) < ALIKE * sequential.wallMs;
        return {
          answer: alike ? 'equal' : overlap > cooks ? 'overlap' : 'cooks',
          because: `Overlapping ${gained(overlap)}, more cooks ${gained(cooks)}.`,
        };
      },
    },
  },

  greeters: {
    ...PLAIN,
    claim: 'When main returns, everybody goes home.',
    text: 'Each greeter says its word a few times and pauses in between. Main doesn’t ask whether they are done: '
      + 'it waits a fixed time and returns. Watch who is cut short when that time is too small.',
    manner: {
      sequential: 'one greeter after another',
      concurrent: 'greeters overlap',
      parallel: 'greeters overlap',
    },
    step: {
      concurrent: 'Same processor. Now the greeters may overlap.',
      parallel: 'Same program. Now with more processors: is there anything for them to do?',
    },
    legend: { ...PLAIN.legend, blocked: 'pausing, it needs no processor' },
    waits: { ...PLAIN.waits, sleep: 'pauses' },
    question: {
      text: 'Will more processors make this program end sooner?',
      options: [
        { id: 'yes', label: 'yes' },
        { id: 'no', label: 'no' },
      ],
      judge({ concurrent, parallel }) {
        if (!concurrent || !parallel) return null;
        const sooner = concurrent.wallMs - parallel.wallMs > ALIKE * concurrent.wallMs;
        const last = concurrent.output.reduce((latest, line) => Math.max(latest, line.atMs), 0);
        return {
          answer: sooner ? 'yes' : 'no',
          because: `On one processor the last word came at ${time(last)} and main returned at `
            + `${time(concurrent.wallMs)}; with more, main returned at ${time(parallel.wallMs)}.`,
        };
      },
    },
  },

  counters: {
    ...PLAIN,
    claim: 'Counting leaves no pause to fill.',
    text: 'Every counter keeps its processor busy from its first number to its last. '
      + 'Taking turns shares one processor fairly, but there is no waiting that another could use.',
    manner: {
      sequential: 'one counter after another',
      concurrent: 'counters take turns',
      parallel: 'counters share the processors',
    },
    step: {
      concurrent: 'Same processor. Now the counters take turns.',
      parallel: 'Same program. Now with more processors.',
    },
    question: {
      text: 'What will taking turns on one processor save?',
      options: [
        { id: 'most', label: 'most of the time' },
        { id: 'some', label: 'some of it' },
        { id: 'nothing', label: 'nothing' },
      ],
      judge({ sequential, concurrent }) {
        if (!sequential || !concurrent) return null;
        // What taking turns can fill is time without work. That the same work ran faster or slower
        // in one of the two runs is not its doing.
        const idle = (/** @type {SentReport} */ { wallMs, busyMs }) => wallMs - busyMs;
        const saved = (idle(sequential) - idle(concurrent)) / sequential.wallMs;
        return {
          answer: saved > 0.5 ? 'most' : saved > ALIKE ? 'some' : 'nothing',
          because: `One after another the processor was without work for ${time(idle(sequential))} of ${
            time(sequential.wallMs)}, taking turns for ${time(idle(concurrent))} of ${time(concurrent.wallMs)}.`,
        };
      },
    },
  },

  sum: {
    ...PLAIN,
    claim: 'A channel carries a result, and says when it is there.',
    text: 'The numbers are split into parts. One task adds up each part and sends its sum over a channel; '
      + 'main receives them all. The total is certain. Which part arrives first is not.',
    manner: {
      sequential: 'one part after another',
      concurrent: 'parts overlap',
      parallel: 'parts overlap',
    },
    waits: { ...PLAIN.waits, send: 'waits to send', receive: 'waits for a sum' },
    question: {
      text: 'Which part’s sum will arrive first?',
      options: [
        { id: 'first', label: 'the first part’s' },
        { id: 'other', label: 'another one’s' },
      ],
      judge({ concurrent, parallel }) {
        if (!concurrent || !parallel) return null;
        const orders = [concurrent, parallel].map(({ observed }) => arrivals(observed));
        const [one, many] = orders;
        if (!one || !many) return null;
        return {
          answer: one[0] === Math.min(...one) ? 'first' : 'other',
          because: `On one processor they came in the order ${list(one.map(String))}, with more in the order ${
            list(many.map(String))}. Nobody promised an order: another seed may give another one.`,
        };
      },
    },
  },
};

/**
 * @param {string} program
 * @param {string} summary   for a program without words of its own yet
 * @returns {Lesson}
 */
export function lessonOf(program, summary) {
  return LESSONS[program] ?? { ...PLAIN, claim: summary, text: '', question: null };
}

/** @param {number} ms */
const gained = (ms) => (ms >= 0 ? `saved ${time(ms)}` : `cost ${time(-ms)}`);

/**
 * Parts are counted from 0 in a report, and from 1 in the tasks' names.
 * @param {any} observed
 * @returns {number[] | null}
 */
function arrivals(observed) {
  const arrival = observed?.arrival;
  return Array.isArray(arrival) && arrival.length > 0 ? arrival.map((part) => Number(part) + 1) : null;
}
