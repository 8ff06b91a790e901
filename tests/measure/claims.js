// The claims of each lesson, for its default values and for each of its suggestions. Each claim is
// a predicate over reports. check-claims.js measures how often each predicate holds.
//
// A predicate gets `{ sequential, concurrent, parallel, sequentialAll }`. Each field is a report in
// the form that scripts get. Lanes that a lesson does not have are missing. All runs are completed
// and have the same values.

/** @typedef {import('../../www/common/messages.js').SentReport} SentReport */
/** @typedef {Record<'sequential' | 'concurrent' | 'parallel' | 'sequentialAll', any>} Lanes */

/**
 * @typedef {object} Claim
 * @property {string} lesson       the id of the lesson's program
 * @property {string} suggestion   the label of the suggestion that sets the values; empty for the default values
 * @property {string} sentence     the claim in words
 * @property {(lanes: Lanes) => boolean} holds
 */

// ---- Words for predicates -------------------------------------------------------------------------

/**
 * Returns whether `to` took less time than `from`, by at least this share of the time of `from`.
 */
const saves = (/** @type {any} */ from, /** @type {any} */ to, share = 0.1) => to.wallMs <= (1 - share) * from.wallMs;

/** Returns whether two times differ by at most this share of the longer time. */
const alike = (/** @type {any} */ a, /** @type {any} */ b, share = 0.1) =>
  Math.abs(a.wallMs - b.wallMs) <= share * Math.max(a.wallMs, b.wallMs);

/** Returns the number of processors that can work at once for a number of tasks. */
const useful = (/** @type {any} */ report, /** @type {number} */ tasks) => Math.min(report.processors, tasks);

/**
 * Returns whether a run on several processors shares the work well: it saves at least half of the
 * time that equal shares would save.
 */
const shares = (/** @type {any} */ one, /** @type {any} */ all, tasks = Infinity) =>
  saves(one, all, (1 - 1 / useful(all, tasks)) / 2) && all.parallelism.max > 1;

/** Returns whether almost always at most one processor was inside a task. */
const alone = (/** @type {any} */ report) => report.parallelism.mean <= 1.05;

/** @param {any} report @param {string} reason   why a task is blocked */
const waitedFor = ({ states }, reason) =>
  states.state.some((state, i) => state === 'blocked' && states.reason[i] === reason);

/** Returns whether every value that was sent was received, at the time of sending or later. */
function handedOver({ channelEvents: { channel, kind, atMs } }) {
  /** @type {Map<number, {sent: number[], received: number[]}>} */
  const channels = new Map();
  kind.forEach((what, i) => {
    const own = channels.get(channel[i]) ?? { sent: [], received: [] };
    channels.set(channel[i], own);
    if (what === 'send') own.sent.push(atMs[i]);
    if (what === 'receive') own.received.push(atMs[i]);
  });
  return (
    channels.size > 0 &&
    [...channels.values()].every(
      ({ sent, received }) => sent.length === received.length && received.every((at, i) => at >= sent[i]),
    )
  );
}

const sorted = (/** @type {number[]} */ list) => list.every((value, i) => i === 0 || list[i - 1] <= value);
const sum = (/** @type {number[]} */ list) => list.reduce((total, value) => total + value, 0);

/** Returns the longest time from a task's creation to its first turn. */
const longestFirstWait = ({ tasks }) =>
  Math.max(...tasks.firstRunMs.map((first, i) => (first ?? Infinity) - tasks.createdMs[i]));

// ---- The claims -----------------------------------------------------------------------------------

/** @type {Claim[]} */
export const CLAIMS = [
  {
    lesson: 'kitchen',
    suggestion: '',
    sentence: 'Overlapping saves most, and more cooks save some more.',
    holds: ({ sequential, concurrent, parallel }) =>
      saves(sequential, concurrent, 0.4) &&
      saves(concurrent, parallel, 0.15) &&
      sequential.wallMs - concurrent.wallMs > concurrent.wallMs - parallel.wallMs,
  },
  {
    lesson: 'kitchen',
    suggestion: 'A single dish',
    sentence: 'All lanes take about the same time.',
    holds: ({ sequential, concurrent, parallel }) => alike(sequential, concurrent) && alike(concurrent, parallel),
  },
  {
    lesson: 'kitchen',
    suggestion: 'No boiling',
    sentence: 'Overlapping saves nothing, more cooks do.',
    holds: ({ sequential, concurrent, parallel }) => alike(sequential, concurrent) && shares(concurrent, parallel, 4),
  },
  {
    lesson: 'kitchen',
    suggestion: 'No chopping',
    sentence: 'Overlapping saves time, more cooks do not.',
    holds: ({ sequential, concurrent, parallel }) => saves(sequential, concurrent, 0.6) && alike(concurrent, parallel),
  },
  {
    lesson: 'kitchen',
    suggestion: 'Ten dishes',
    sentence: 'One cook chops nearly all the time, and more cooks save a third or more.',
    holds: ({ sequential, concurrent, parallel }) =>
      saves(sequential, concurrent, 0.4) &&
      saves(concurrent, parallel, 0.3) &&
      concurrent.busyMs >= 0.7 * concurrent.wallMs,
  },

  {
    lesson: 'greeters',
    suggestion: '',
    sentence: 'Overlapping saves time, more processors do not, and every word is said.',
    holds: ({ sequential, concurrent, parallel }) =>
      saves(sequential, concurrent, 0.3) &&
      alike(concurrent, parallel) &&
      [sequential, concurrent, parallel].every(({ observed }) => observed.unsaid === 0),
  },
  {
    lesson: 'greeters',
    suggestion: 'Main waits 250 ms',
    sentence: 'The last word stays unsaid where the greeters overlap.',
    holds: ({ sequential, concurrent, parallel }) =>
      concurrent.observed.unsaid === 1 && parallel.observed.unsaid === 1 && sequential.observed.unsaid === 0,
  },
  {
    lesson: 'greeters',
    suggestion: 'Main waits 50 ms',
    sentence: 'Each greeter says its word once.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every(({ answer }) => Object.values(answer.said).join() === '1,1'),
  },
  {
    lesson: 'greeters',
    suggestion: '10 greeters',
    sentence: 'Ten tasks pause at once, on one processor as on several.',
    holds: ({ sequential, concurrent, parallel }) =>
      saves(sequential, concurrent, 0.6) &&
      alike(concurrent, parallel) &&
      concurrent.concurrency.max === 11 &&
      concurrent.observed.unsaid === 0,
  },

  {
    lesson: 'counters',
    suggestion: '',
    sentence: 'Taking turns saves nothing, more processors do.',
    holds: ({ sequential, concurrent, parallel }) => alike(sequential, concurrent) && shares(concurrent, parallel),
  },
  {
    lesson: 'counters',
    suggestion: '1 counter',
    sentence: 'One task gains nothing from more processors.',
    holds: ({ concurrent, parallel }) => alike(concurrent, parallel) && alone(parallel),
  },
  {
    lesson: 'counters',
    suggestion: 'Time slice 0',
    sentence: 'The total time is that of taking turns, and the last counter waits for the others.',
    holds: ({ sequential, concurrent, parallel }) =>
      alike(sequential, concurrent) &&
      shares(concurrent, parallel) &&
      longestFirstWait(concurrent) > concurrent.wallMs / 2,
  },
  {
    lesson: 'counters',
    suggestion: 'Main counts half alone',
    sentence: 'The half that main counts alone takes as long on all processors.',
    holds: ({ concurrent, parallel }) =>
      saves(concurrent, parallel, 0.1) && parallel.wallMs >= 0.45 * concurrent.wallMs,
  },
  {
    lesson: 'counters',
    suggestion: '3 counters',
    sentence: 'Three counters gain what three processors give at most, and on two one counts alone at the end.',
    holds: ({ concurrent, parallel }) =>
      saves(concurrent, parallel, 0.2) &&
      parallel.parallelism.max === useful(parallel, 3) &&
      (parallel.processors !== 2 || parallel.parallelism.mean < 1.75),
  },

  {
    lesson: 'quadrants',
    suggestion: '',
    sentence: 'Waiting is shorter as soon as tasks overlap. Computing is shorter only with more processors as well.',
    holds: ({ sequential, concurrent, parallel, sequentialAll }) => {
      const [one, overlap, both, all] = [sequential, concurrent, parallel, sequentialAll].map(
        ({ observed }) => observed,
      );
      return (
        overlap.waitMs < 0.5 * one.waitMs &&
        both.waitMs < 0.5 * one.waitMs &&
        all.waitMs > 0.9 * one.waitMs &&
        overlap.computeMs > 0.85 * one.computeMs &&
        all.computeMs > 0.85 * one.computeMs &&
        both.computeMs < 0.75 * one.computeMs
      );
    },
  },
  {
    lesson: 'quadrants',
    suggestion: 'One task',
    sentence: 'All eight times are about the same.',
    holds: ({ sequential, concurrent, parallel, sequentialAll }) => {
      const times = [sequential, concurrent, parallel, sequentialAll].flatMap(({ observed }) => [
        observed.waitMs,
        observed.computeMs,
      ]);
      return Math.min(...times) > 0.75 * Math.max(...times);
    },
  },
  {
    lesson: 'quadrants',
    suggestion: '6 tasks',
    sentence: 'Six waits that overlap take the time of one. Computing is shorter only with more processors.',
    holds: ({ sequential, concurrent, parallel, sequentialAll }) => {
      const [one, overlap, both, all] = [sequential, concurrent, parallel, sequentialAll].map(
        ({ observed }) => observed,
      );
      return (
        overlap.waitMs < 0.3 * one.waitMs &&
        overlap.computeMs > 0.85 * one.computeMs &&
        all.computeMs > 0.85 * one.computeMs &&
        both.computeMs < 0.75 * one.computeMs
      );
    },
  },

  {
    lesson: 'sum',
    suggestion: '',
    sentence: 'Each sum is handed over, the total is 12, and with more processors part 1 is not the first.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every(
        (lane) => handedOver(lane) && lane.answer.total === 12 && waitedFor(lane, 'receive'),
      ) && parallel.observed.arrival[0] !== 0,
  },
  {
    lesson: 'sum',
    suggestion: 'Another seed',
    sentence: 'Each sum is handed over, and the total is the same.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => handedOver(lane) && lane.answer.total === 12),
  },
  {
    lesson: 'sum',
    suggestion: '8 parts',
    sentence: 'Main receives one sum from each of eight parts, and not in their order.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every(
        (lane) => handedOver(lane) && lane.answer.total === 12 && lane.observed.arrival.length === 8,
      ) && !sorted(parallel.observed.arrival),
  },
  {
    lesson: 'sum',
    suggestion: 'A channel that can hold values',
    sentence: 'No part waits to send.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => handedOver(lane) && lane.answer.total === 12 && !waitedFor(lane, 'send')),
  },

  {
    lesson: 'spaces',
    suggestion: '',
    sentence: 'Racing loses additions on several processors. Counting apart and atomic additions lose none.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every(countsAll) && concurrent.observed.lost === 0 && parallel.observed.lost > 0,
  },
  {
    lesson: 'spaces',
    suggestion: 'Only atomic',
    sentence: 'No addition is lost.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => countsAll(lane) && lane.observed.lost === 0),
  },
  {
    lesson: 'spaces',
    suggestion: '1 worker',
    sentence: 'One worker alone loses nothing.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => countsAll(lane) && lane.observed.lost === 0),
  },
  {
    lesson: 'spaces',
    suggestion: '8 times as much data',
    sentence: 'Copying 64 MiB takes longer than sharing it.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => countsAll(lane) && lane.observed.copyMs > lane.observed.shareMs),
  },

  {
    lesson: 'fetch',
    suggestion: '',
    sentence: 'On one processor all requests take about as long as the longest, and more processors save nothing.',
    holds: (lanes) => overlap(lanes, 0.6),
  },
  {
    lesson: 'fetch',
    suggestion: '1 request',
    sentence: 'All lanes take about the same time.',
    holds: ({ sequential, concurrent, parallel }) =>
      alike(sequential, concurrent, 0.15) && alike(concurrent, parallel, 0.15),
  },
  {
    lesson: 'fetch',
    suggestion: '12 requests',
    sentence: 'Twelve requests take about as long as the longest.',
    holds: (lanes) => overlap(lanes, 0.6) && lanes.concurrent.concurrency.max === 13,
  },
  {
    lesson: 'fetch',
    suggestion: 'Different delays',
    sentence: 'The slowest answer ends the run.',
    holds: (lanes) =>
      overlap(lanes, 0.5) &&
      Math.min(...lanes.concurrent.observed.perRequestMs) < 0.7 * Math.max(...lanes.concurrent.observed.perRequestMs),
  },

  {
    lesson: 'images',
    suggestion: '',
    sentence: 'Taking turns saves nothing, more processors do.',
    holds: ({ sequential, concurrent, parallel }) =>
      alike(sequential, concurrent, 0.15) && shares(concurrent, parallel),
  },
  {
    lesson: 'images',
    suggestion: '1 image',
    sentence: 'One image gains nothing from more processors.',
    holds: ({ concurrent, parallel }) => alike(concurrent, parallel, 0.15) && alone(parallel),
  },
  {
    lesson: 'images',
    suggestion: '1 image in 4 parts',
    sentence: 'One image in four parts gains from more processors.',
    holds: ({ concurrent, parallel }) => saves(concurrent, parallel) && parallel.parallelism.max > 1,
  },
  {
    lesson: 'images',
    suggestion: 'Larger radius',
    sentence: 'Taking turns saves nothing, more processors do.',
    holds: ({ sequential, concurrent, parallel }) =>
      alike(sequential, concurrent, 0.15) && shares(concurrent, parallel),
  },

  {
    lesson: 'pool',
    suggestion: '',
    sentence: 'On one processor workers save time, and more processors save some more.',
    holds: ({ concurrent, parallel }) => sooner(concurrent) && saves(concurrent, parallel),
  },
  {
    lesson: 'pool',
    suggestion: 'Jobs that only compute',
    sentence: 'On one processor workers save nothing, more processors do.',
    holds: ({ concurrent, parallel }) => !sooner(concurrent) && saves(concurrent, parallel, 0.2),
  },
  {
    lesson: 'pool',
    suggestion: 'Jobs that only wait',
    sentence: 'Workers save time, more processors do not.',
    holds: ({ concurrent, parallel }) => sooner(concurrent) && alike(concurrent, parallel),
  },
  {
    lesson: 'pool',
    suggestion: '1 worker',
    sentence: 'One worker saves nothing, on any number of processors.',
    holds: ({ concurrent, parallel }) => !sooner(concurrent) && alike(concurrent, parallel) && alone(parallel),
  },
  {
    lesson: 'pool',
    suggestion: '12 short jobs',
    sentence: 'Every worker does several jobs, and more processors save time.',
    holds: ({ concurrent, parallel }) =>
      sooner(concurrent) &&
      saves(concurrent, parallel) &&
      [1, 2, 3].every((worker) => concurrent.observed.workerOfJob.filter((by) => by === worker).length > 1),
  },
  {
    lesson: 'pool',
    suggestion: 'A channel without room',
    sentence: 'Main waits to hand jobs over.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => handedOver(lane) && waitedFor(lane, 'send')),
  },

  {
    lesson: 'pipeline',
    suggestion: '',
    sentence: 'The squares come out in another order, and more processors save time.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => handedOver(lane) && !sorted(lane.observed.arrival)) &&
      saves(concurrent, parallel, 0.2),
  },
  {
    lesson: 'pipeline',
    suggestion: '1 squarer',
    sentence: 'One squarer keeps the order, and more processors save nothing.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => sorted(lane.observed.arrival)) && alike(concurrent, parallel),
  },
  {
    lesson: 'pipeline',
    suggestion: '5 squarers',
    sentence: 'Five squarers save time where there are processors for them.',
    holds: ({ concurrent, parallel }) =>
      saves(concurrent, parallel, 0.2) && parallel.parallelism.max >= useful(parallel, 3),
  },
  {
    lesson: 'pipeline',
    suggestion: 'Channels with room',
    sentence: 'The generator ends long before the squarers.',
    holds: ({ concurrent, parallel }) =>
      [concurrent, parallel].every((lane) => {
        const ended = (/** @type {string} */ name) => lane.tasks.endedMs[lane.tasks.name.indexOf(name)];
        return ended('generator') < ended('squarer 1') / 2;
      }),
  },

  {
    lesson: 'mandelbrot',
    suggestion: '',
    sentence: 'More processors compute several rows at once, and the image is the same.',
    holds: ({ concurrent, parallel }) =>
      shares(concurrent, parallel) && concurrent.answer.checksum === parallel.answer.checksum,
  },
  {
    lesson: 'mandelbrot',
    suggestion: '12 rows',
    sentence: 'More processors compute several rows at once.',
    holds: ({ concurrent, parallel }) => shares(concurrent, parallel, 12),
  },
  {
    lesson: 'mandelbrot',
    suggestion: '1 row',
    sentence: 'One row gains nothing from more processors.',
    holds: ({ concurrent, parallel }) => alike(concurrent, parallel) && alone(parallel),
  },
  {
    lesson: 'mandelbrot',
    suggestion: 'Twice the steps',
    sentence: 'More processors compute several rows at once.',
    holds: ({ concurrent, parallel }) => shares(concurrent, parallel),
  },
];

/** Returns whether isolated counters and atomic additions lost nothing. They never can. */
function countsAll({ answer, params }) {
  return (
    answer.isolated.length === params.workers &&
    answer.isolated.every((count) => count === params.increments) &&
    answer.sharedAtomic === params.workers * params.increments
  );
}

/**
 * Returns whether requests overlap on one processor and take about as long as the longest request,
 * and whether several processors change nothing.
 * @param {Lanes} lanes
 * @param {number} share   the least share of the sequential time that overlapping saves
 */
function overlap({ sequential, concurrent, parallel }, share) {
  const longest = Math.max(...concurrent.observed.perRequestMs);
  return (
    saves(sequential, concurrent, share) &&
    alike(concurrent, parallel, 0.2) &&
    concurrent.wallMs <= 1.25 * longest &&
    sum(concurrent.observed.perRequestMs) > 1.5 * concurrent.wallMs
  );
}

/** Returns whether a pool's run took less time than its jobs would have taken one after another. */
function sooner({ wallMs, busyMs, params }) {
  const waited = params.jobs * params.jobMs * { wait: 1, both: 0.5, compute: 0 }[params.work];
  return wallMs <= 0.9 * (busyMs + waited);
}
