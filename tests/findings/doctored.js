// Changes to the measured figures of reports, and how the reports' sentences must follow these
// changes.

/** @typedef {import('./figures.js').Figures} Figures */
/** @typedef {import('./requests.js').Random} Random */
/** @typedef {Record<string, any>} Changes   figures in the form of the example `reports` */

/**
 * Changes of a run's figures that keep the figures consistent.
 * @type {((run: Figures, random: Random) => Partial<Figures>)[]}
 */
const WAYS = [
  // The same work takes more or less time, with the same time outside tasks.
  ({ busyMs, someBusyMs, wallMs, processors }, { between }) => {
    const more = busyMs * (Math.exp(between(-0.7, 0.7)) - 1);
    const longer = more / processors;
    return { busyMs: busyMs + more, someBusyMs: someBusyMs + longer, wallMs: wallMs + longer };
  },
  // There is more time outside tasks.
  (run, { between }) => ({ wallMs: run.wallMs * between(1, 2) }),
  (_, { one }) => ({ outcome: one(['completed', 'deadlock', 'panicked', 'stopped']) }),
  () => ({ answer: { other: true } }),
  () => ({ params: { other: true } }),
  (_, { whole }) => ({ eventsDropped: whole(0, 2000) }),
  (_, { between }) => ({ clockStepMs: 10 ** between(-3, 2) }),
  (_, { whole }) => ({ browserCores: whole(1, 3) }),
  (_, { whole }) => ({ tasksBesidesMain: whole(0, 2) }),
  (_, { whole }) => ({ mostConcurrent: whole(1, 2000) }),
  () => ({ mostParallel: 1 }),
];

/** The figures from which the sentences are derived. All other figures follow from the columns. */
const GIVEN = [
  'params',
  'outcome',
  'answer',
  'wallMs',
  'busyMs',
  'eventsDropped',
  'clockStepMs',
  'browserCores',
  'tasksBesidesMain',
  'mostConcurrent',
  'mostParallel',
];

/**
 * Changes the figures of one or two runs. Returns the changes and the changed figures of all runs.
 *
 * @param {Figures[]} runs
 * @param {Random} random
 */
export function forge(runs, random) {
  const changes = runs.map(() => /** @type {Changes} */ ({}));
  const figures = runs.map((run) => ({ ...run }));
  for (let count = random.whole(1, 2); count > 0; count--) {
    const place = random.whole(0, runs.length - 1);
    const other = random.one(WAYS)(figures[place], random);
    Object.assign(figures[place], other);
    for (const [name, value] of Object.entries(other)) {
      if (GIVEN.includes(name)) changes[place][name] = value;
    }
  }
  return { changes, figures };
}

const lane = (/** @type {string} */ structure, /** @type {number} */ processors) => ({
  program: 'kitchen',
  params: { dishes: 4, chopMs: 60, boilMs: 45 },
  options: { structure, processors },
});
export const KITCHEN = [lane('sequential', 1), lane('concurrent', 1), lane('concurrent', 2)];
/**
 * The kitchen's times on two idle cores. They replace the measured times, because this machine may
 * be busy.
 * @type {Changes[]}
 */
export const TIMES = [
  { wallMs: 240, busyMs: 60 },
  { wallMs: 105, busyMs: 60, someReadyMs: 45 },
  { wallMs: 75, busyMs: 60, mostParallel: 2 },
];
const SAVED = /^Overlapping saved .* concurrency\.$/;
const PARALLELISM = /^A second processor saved .*: parallelism\.$/;
const MORE = / more in .*: parallelism/;
const BUSY =
  /^In the Parallel run the same chopping needed .* times as much processor time as in the .* run\. .* Run again\.$/;
const ALONE = /never more than one processor was at work: concurrency without parallelism/;

/**
 * The cases. A case has runs (`KITCHEN` by default), the sentences about these runs (`said`), and
 * changes of the runs' figures (`changes`). After the changes, the sentences in `said` must
 * disappear, and the sentences in `says` must appear.
 *
 * @type {{name: string, runs?: any[], figures?: Changes[], said: RegExp[], changes: Changes[], says: RegExp[]}[]}
 */
export const CASES = [
  {
    name: 'overlapping that took longer did not save',
    said: [SAVED, MORE],
    changes: [{ wallMs: 80 }, {}, {}],
    says: [/^The Concurrent run took .* longer than the Sequential run\.$/, PARALLELISM],
  },
  {
    name: 'as long is no difference',
    said: [SAVED],
    changes: [{ wallMs: 105 }, {}, {}],
    says: [/^Any difference is too small to measure in this run/],
  },
  {
    name: 'what went faster was not overlapped',
    said: [SAVED, MORE],
    changes: [{ wallMs: 120, busyMs: 70 }, {}, {}],
    says: [/the same chopping needed less processor time there, so overlapping is not the cause/, PARALLELISM],
  },
  {
    name: 'a run that was stopped is not compared',
    said: [SAVED, MORE],
    changes: [{ outcome: 'stopped' }, {}, {}],
    says: [/^This run did not complete/, PARALLELISM],
  },
  {
    name: 'a deadlock is not compared',
    said: [SAVED, PARALLELISM],
    changes: [{}, { outcome: 'deadlock' }, {}],
    says: [/^This run did not complete/],
  },
  {
    name: 'other answers are other work',
    said: [SAVED, PARALLELISM],
    changes: [{}, { answer: { served: ['soup'] } }, {}],
    says: [/^The lanes gave different answers/],
  },
  {
    name: 'a coarse clock can not tell',
    said: [SAVED, PARALLELISM],
    changes: Array(3).fill({ clockStepMs: 8 }),
    says: [/^These runs are too short to compare\.$/],
  },
  {
    name: 'other parameters are other work',
    said: [SAVED, PARALLELISM],
    changes: [{ params: { dishes: 5 } }, {}, {}],
    says: [],
  },
  {
    name: 'other programs are other work',
    said: [SAVED, PARALLELISM],
    changes: [{}, {}, { program: 'greeters' }],
    says: [],
  },
  {
    name: 'one lane twice has no cause',
    said: [SAVED, PARALLELISM],
    changes: [{ structure: 'concurrent' }, {}, { processors: 1 }],
    says: [],
  },
  {
    name: 'repeats that differ as much',
    runs: [...KITCHEN, KITCHEN[0]],
    figures: [...TIMES, TIMES[0]],
    said: [SAVED],
    changes: [{}, {}, {}, { wallMs: 50 }],
    says: [/^No difference can be claimed: in these runs one lane’s times differ by as much/],
  },
  {
    name: 'never two at once is no parallelism',
    said: [PARALLELISM],
    changes: [{}, {}, { mostParallel: 1 }],
    says: [/But no run had more than one processor at work at the same time/],
  },
  {
    name: 'more than could be shared out',
    said: [PARALLELISM],
    changes: [{}, { wallMs: 140 }, {}],
    says: [/more than all the work took/],
  },
  {
    name: 'slower with two',
    said: [PARALLELISM],
    changes: [{}, {}, { wallMs: 120 }],
    says: [/^The Parallel run took .* longer than the Concurrent run\.$/],
  },
  {
    name: 'a busy machine spoils what seems alike',
    said: [PARALLELISM],
    changes: [{}, {}, { wallMs: 104, busyMs: 110 }],
    says: [SAVED, BUSY],
  },
  {
    name: 'a busy machine spoils what took longer',
    said: [PARALLELISM],
    changes: [{}, {}, { wallMs: 130, busyMs: 110 }],
    says: [BUSY],
  },
  {
    name: 'a busy machine spoils what repeats can not tell',
    runs: [...KITCHEN, KITCHEN[2]],
    figures: [...TIMES, TIMES[2]],
    said: [PARALLELISM],
    changes: [{}, {}, { wallMs: 104, busyMs: 110 }, { wallMs: 70, busyMs: 110 }],
    says: [/^In the Parallel runs the same chopping needed 1\.8 times as much/],
  },
  {
    name: 'repeats that differ by more than the lanes do, though they are apart',
    runs: [...KITCHEN, KITCHEN[1]],
    figures: [...TIMES, TIMES[1]],
    said: [PARALLELISM],
    changes: [{}, { wallMs: 80 }, {}, { wallMs: 130 }],
    says: [/^No difference can be claimed: in these runs/],
  },
  {
    name: 'with a single task nothing has a cause',
    said: [SAVED, PARALLELISM],
    changes: Array(3).fill({ tasksBesidesMain: 1 }),
    says: [/^Only one task ran besides main, so these times say nothing/],
  },
  {
    name: 'with more processors than the browser reports nothing is said of computing',
    said: [PARALLELISM],
    changes: Array(3).fill({ browserCores: 1 }),
    says: [
      SAVED,
      /^This browser reports one processor, but 2 were used\./,
      /^This run used 2 processors, but this browser reports 1\./,
    ],
  },
  {
    name: 'several at once are no concurrency without parallelism',
    runs: KITCHEN.slice(1, 2),
    figures: [{}],
    said: [ALONE],
    changes: [{ mostParallel: 2 }],
    says: [],
  },
  {
    name: 'main and one other do not overlap',
    runs: KITCHEN.slice(1, 2),
    figures: [{}],
    said: [ALONE],
    changes: [{ mostConcurrent: 2 }],
    says: [],
  },
  {
    name: 'unseen spans might have met',
    runs: [{ ...lane('concurrent', 2), manualClock: true }],
    figures: [{}],
    said: [/although there were 2: concurrency without/],
    changes: [{ eventsDropped: 12345 }],
    says: [/^There was no room for 12,345 events, which/],
  },
  {
    name: 'nobody was left behind',
    runs: [{ program: 'greeters', params: { mainWaitsMs: 20 }, options: { processors: 1 } }],
    figures: [{}],
    said: [/^2 tasks were still waiting when main returned/],
    changes: [{ endedBy: null }],
    says: [],
  },
];
