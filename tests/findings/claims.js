// The claims of each sentence of a report (findings, losses and verdicts): a list of statements,
// and whether the runs' figures support each of them. The claims are derived from the meaning of
// the words, independently of the code that chooses the sentences.

/** @typedef {import('./figures.js').Figures} Figures */
/** @typedef {import('./lanes.js').Lane} Lane */
/** @typedef {Record<string, boolean>} Claims   a statement, and whether it holds */

/**
 * The least difference that counts: this many steps of the clock, this many milliseconds, and this
 * share of the longer time.
 */
const STEPS = 20;
const LEAST_MS = 2;
const SHARE = 0.05;
/** The least ratio of busy times at which the same computing clearly took longer. */
const SLOWED = 1.25;

/** The rounding error in ms that is allowed for floating-point times. */
const ROUNDING = 1e-6;

const DURATION = '(\\d[\\d,]*(?:\\.\\d+)? m?s)';
const COUNT = '(\\d[\\d,]*)';
const PERCENT = '(less than 1 %|\\d+ %)';

/** Returns a pattern in which the names of figures match their texts. @param {string} text */
const sentence = (text) =>
  new RegExp(`^${text.replaceAll('DURATION', DURATION).replaceAll('COUNT', COUNT).replaceAll('PERCENT', PERCENT)}$`);

/** @param {string} text */
const number = (text) => Number(text.replaceAll(',', ''));

/**
 * Returns whether a text is this duration, correctly rounded.
 * @param {string} text
 * @param {number} ms
 */
function tells(text, ms) {
  const [digits, unit] = text.split(' ');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const scale = unit === 's' ? 1000 : 1;
  return Math.abs(number(digits) * scale - ms) <= (scale * 10 ** -decimals) / 2 + ROUNDING;
}

/** @param {string} text @param {number} share */
function tellsShare(text, share) {
  if (text.startsWith('less')) return share > 0 && share < 0.01;
  return Math.abs(number(text.slice(0, -2)) - share * 100) <= 0.5 + ROUNDING;
}

// ---- One run ----------------------------------------------------------------------------------

/** @type {[string, RegExp, (run: Figures, words: string[]) => Claims][]} */
export const OF_A_RUN = [
  [
    'cut short',
    sentence('This run did not complete: its figures cover only the part that ran\\.'),
    (run) => ({
      'it did not complete': run.outcome !== 'completed',
    }),
  ],
  [
    'dropped',
    sentence(
      "There was no room for (?:one event|COUNT events), which the drawing does not show\\. Wall time, busy time and each task's times are exact\\.",
    ),
    (run, [count]) => ({
      'so many were dropped': run.eventsDropped === number(count ?? '1'),
    }),
  ],
  [
    'oversubscribed',
    sentence(
      'This run used COUNT processors, but this browser reports COUNT\\. They shared the real ones, and no page can see when one of them was paused\\.',
    ),
    (run, [used, cores]) => ({
      'so many were used': run.processors === number(used),
      'so many are reported': run.browserCores === number(cores),
      'these are fewer': run.processors > run.browserCores,
    }),
  ],
  [
    'concurrency without parallelism',
    sentence(
      'COUNT tasks were in progress at once, and never more than one processor was at work(?:, although there were COUNT)?: concurrency without parallelism\\.',
    ),
    (run, [tasks, processors]) => ({
      'so many tasks were in progress': run.mostConcurrent === number(tasks),
      'two of them besides main': run.mostConcurrent >= 3,
      'the program is about time': !['sum', 'spaces'].includes(run.program),
      'there were so many processors': run.processors === number(processors ?? '1'),
      'never more than one was at work': run.processors === 1 || run.mostParallel <= 1,
      "what was not recorded can't contradict": run.processors === 1 || run.eventsDropped === 0,
      'the run is whole': run.outcome === 'completed',
    }),
  ],
  [
    'ended with main',
    sentence('(?:One task was|COUNT tasks were) still waiting when main returned, and (?:it|they) ended with main\\.'),
    (run, [count]) => ({
      'so many were blocked then, or had not begun': run.leftWaiting === number(count ?? '1'),
      'all is known of them': run.eventsDropped === 0,
    }),
  ],
];

/** @type {[string, RegExp, (run: Figures, words: string[]) => Claims][]} */
export const OF_LOSSES = [
  [
    'at work',
    sentence(
      '(The processor was|The processors were) at work on tasks for PERCENT of (?:its|their) time: almost no time was lost\\.',
    ),
    (run, [who, share]) => ({
      ...whole(run, who),
      'the share is that of the spans': tellsShare(share, run.busyMs / (run.processors * run.wallMs)),
      'the rest is next to nothing': run.busyMs >= 0.9 * run.processors * run.wallMs,
    }),
  ],
  [
    'without a ready task',
    sentence(
      '(The processor had|The processors had) no ready task for PERCENT of (?:its|their) time\\. Either the tasks waited, which costs no processor time, or too few of them could run at once\\.',
    ),
    (run, [who, share]) => ({
      ...whole(run, who),
      ...largest(run, 'idleMs', share),
      'no more than the time outside tasks': run.losses.idleMs <= run.gapMs + slack(run),
      // With a clock that advances in steps, exactly one half is common, so it counts as most.
      'mostly no task was ready':
        run.eventsDropped > 0 || run.gapMs - run.gapReadyMs >= run.losses.idleMs / 2 - ROUNDING,
    }),
  ],
  [
    'tail',
    sentence(
      'PERCENT of the processors’ time was tail: some had nothing left to do while others still worked\\. Smaller pieces of work would end more evenly\\.',
    ),
    (run, [share]) => ({
      ...whole(run),
      ...largest(run, 'tailMs', share),
      'there are others': run.processors > 1,
      'no more than the time after last turns': run.losses.tailMs <= run.afterLastMs + slack(run),
      'every turn is known': run.eventsDropped === 0,
    }),
  ],
  [
    'scheduling',
    sentence(
      'PERCENT of the processors’ time was spent on switching between tasks, because the pieces of work are small\\.',
    ),
    (run, [share]) => ({
      ...whole(run),
      ...largest(run, 'schedulingMs', share),
      'most of it between turns': run.eventsDropped > 0 || run.betweenMs + slack(run) >= run.losses.schedulingMs / 2,
    }),
  ],
  [
    'oversubscribed',
    sentence(
      'There were more processors than this browser reports\\. So they were paused for some of the time at work, and no page can see how long\\.',
    ),
    (run) => ({
      'the run is whole': run.outcome === 'completed',
      'there were more': run.processors > run.browserCores,
      'they did not mostly sleep': run.losses.idleMs <= (run.processors * run.wallMs) / 2 + slack(run),
    }),
  ],
];

/** @param {Figures} run @param {string} [who] */
const whole = (run, who) => ({
  'the run is whole': run.outcome === 'completed',
  'it is long enough for shares': run.wallMs >= STEPS * run.clockStepMs,
  'as many as it says': who === undefined || (run.processors === 1) === !who.startsWith('The processors'),
});

/** @param {Figures} run @param {keyof Figures['losses']} part @param {string} share */
const largest = ({ losses, processors, wallMs }, part, share) => ({
  'the share is that of the figures': tellsShare(share, losses[part] / (processors * wallMs)),
  'no other loss is larger': losses[part] >= Math.max(losses.schedulingMs, losses.idleMs, losses.tailMs) - ROUNDING,
});

/** @param {Figures} run */
const slack = ({ clockStepMs, processors }) => 2 * clockStepMs * processors + ROUNDING;

// ---- Two lanes --------------------------------------------------------------------------------

/** @param {Lane} from @param {Lane} to */
function difference(from, to) {
  const [less, longer] = [Math.min(from.wallMs, to.wallMs), Math.max(from.wallMs, to.wallMs)];
  const tellsMs = Math.max(LEAST_MS, STEPS * from.clockStepMs, STEPS * to.clockStepMs);
  const spread = Math.max(...[from, to].map((lane) => lane.mostMs - lane.leastMs));
  const ms = longer - less;
  return {
    short: ms < tellsMs,
    small: ms < SHARE * longer,
    // Either the ranges of the two lanes' times overlap, or the times of one lane differ by more
    // than the two lanes do.
    mixed: Math.max(from.leastMs, to.leastMs) <= Math.min(from.mostMs, to.mostMs) || ms < spread,
    spread,
    tellsMs,
    longer,
    ms,
  };
}

/**
 * Returns the lane in which the same computing clearly took longer, the ratio of the busy times,
 * and the wall time that the slow computing may have cost the lane. Processors that are inside
 * tasks at the same time share the extra time. Returns null if there is no such lane, or if the
 * effect is small.
 * @param {Lane} from @param {Lane} to
 */
function slowed(from, to) {
  const [quick, slow] = from.busyMs < to.busyMs ? [from, to] : [to, from];
  const { tellsMs, longer } = difference(from, to);
  const times = slow.busyMs / quick.busyMs;
  const costMs = (slow.busyMs - quick.busyMs) / Math.max(1, slow.insideAtOnce);
  const matters = slow.busyMs > 0.1 * slow.wallMs && costMs >= Math.max(SHARE * longer, tellsMs);
  return times >= SLOWED && matters ? { slow, times, costMs } : null;
}

/**
 * Claims that tasks besides main could overlap.
 * @param {Lane} from
 * @param {Lane} to
 * @returns {Claims}
 */
const step = (from, to) => ({
  'there is more than one task besides main': Math.max(from.tasksBesidesMain, to.tasksBesidesMain) >= 2,
});

/**
 * Claims that no lane used more processors than the browser reports.
 * @param {Lane} from
 * @param {Lane} to
 * @returns {Claims}
 */
const real = (from, to) => ({
  'the browser reports as many processors':
    Math.max(from.processors, to.processors) <= Math.min(from.browserCores, to.browserCores),
});

/** @param {Lane} from @param {Lane} to @returns {Claims} */
function differs(from, to) {
  const { short, small, mixed } = difference(from, to);
  return {
    'the clock and the machine can tell them apart': !short,
    'the difference is not small': !small,
    'repeats keep apart': !mixed,
  };
}

/** @param {Lane} from @param {Lane} to @param {string} time @returns {Claims} */
function less(from, to, time) {
  const uneven = slowed(from, to);
  return {
    'so much less': tells(time, from.wallMs - to.wallMs),
    ...differs(from, to),
    ...step(from, to),
    'slow computing in the first lane is not most of it':
      uneven?.slow !== from || uneven.costMs <= (from.wallMs - to.wallMs) / 2,
  };
}

/** @param {Lane} from @param {Lane} to @param {string} time @returns {Claims} */
function saved(from, to, time) {
  const uneven = slowed(from, to);
  return {
    ...less(from, to, time),
    'slow computing in the second lane cost less than was saved':
      uneven?.slow !== to || uneven.costMs < from.wallMs - to.wallMs,
    'the work did not just go faster': !quicker(from, to),
  };
}

/** @param {Lane} from @param {Lane} to @param {string} time @returns {Claims} */
const longer = (from, to, time) => ({
  'so much longer': tells(time, to.wallMs - from.wallMs),
  ...differs(from, to),
  ...step(from, to),
  ...real(from, to),
  'not because the same computing took longer': slowed(from, to)?.slow !== to,
});

/** @param {Lane} from @param {Lane} to @returns {Claims} */
const alike = (from, to) => {
  const { short, small } = difference(from, to);
  return {
    'no difference can be claimed': short || small,
    ...step(from, to),
    'the same computing did not take longer in one of them': slowed(from, to) === null,
  };
};

// A saving is the sum of three parts: less time inside tasks, more processors inside tasks at once,
// and less time outside tasks. Neither structure nor execution causes the first part.
/** @param {Lane} from @param {Lane} to */
const quicker = (from, to) => from.busyMs - to.busyMs > (from.wallMs - to.wallMs) / 2;

const SAME = 'the same (?:processor|COUNT processors)';
const WHO = '(A second processor|COUNT processors instead of (?:one|COUNT))';
const RUNS = '(this run|these COUNT runs|these runs)';
const RUNS_OF = '((?:Sequential|Concurrent|Parallel) runs?(?: on \\d+ processors)?)';
const TOOK = (/** @type {'less' | 'longer'} */ than) => `The ${RUNS_OF} took DURATION ${than} than the ${RUNS_OF}\\.`;
const LONGER = `In the ${RUNS_OF} the same (chopping|counting|computing) needed (\\d+\\.\\d) times as much processor time as in the ${RUNS_OF}\\.`;
const CAUSES = 'Other programs, memory that processors share, or power saving can cause that\\.';

/**
 * Claims that words name the runs.
 * @param {Lane} from
 * @param {Lane} to
 * @param {string} words
 * @returns {Claims}
 */
const runs = (from, to, words) => ({
  'these runs':
    words ===
    (from.repeats !== to.repeats ? 'these runs' : from.repeats === 1 ? 'this run' : `these ${from.repeats} runs`),
});

/**
 * Returns the words for a lane's runs in a sentence about two lanes.
 * @param {Lane} lane
 * @param {Lane} other
 */
function runsOf({ structure, processors, repeats }, other) {
  const title = structure === 'sequential' ? 'Sequential' : processors === 1 ? 'Concurrent' : 'Parallel';
  // The page has one Sequential lane, on one processor, and one Parallel lane.
  const ambiguous =
    processors > 1 && (structure === 'sequential' || (other.structure === structure && other.processors > 1));
  return `${title} ${repeats === 1 ? 'run' : 'runs'}${ambiguous ? ` on ${processors} processors` : ''}`;
}

/**
 * Claims that a sentence names the runs of these two lanes.
 * @param {Lane} from
 * @param {Lane} to
 * @param {string} after
 * @param {string} before
 * @returns {Claims}
 */
const named = (from, to, after, before) => ({
  'of these lanes': after === runsOf(to, from) && before === runsOf(from, to),
});

/**
 * Returns the claims of a sentence about a lane that computed slowly.
 * @param {Lane} from
 * @param {Lane} to
 * @param {string[]} words
 * @returns {Claims}
 */
function slow(from, to, [slowRuns, work, times, quickRuns]) {
  const uneven = slowed(from, to);
  const lane = uneven?.slow;
  return {
    'the same computing took clearly longer': uneven !== null,
    'in that lane': lane !== undefined && slowRuns === runsOf(lane, lane === from ? to : from),
    'compared with the other lane': lane !== undefined && quickRuns === runsOf(lane === from ? to : from, lane),
    'so many times as long': uneven !== null && Math.abs(uneven.times - number(times)) <= 0.05 + ROUNDING,
    'what the lesson calls it': work === ({ kitchen: 'chopping', counters: 'counting' }[from.program] ?? 'computing'),
  };
}

/**
 * Returns the claims of the note after a saving. If there is no note, the claim is that the same
 * computing took about as long in both lanes.
 * @param {Lane} from
 * @param {Lane} to
 * @param {string[]} words
 * @returns {Claims}
 */
const note = (from, to, words) =>
  words[0] === undefined
    ? { 'the same computing took about as long': slowed(from, to) === null }
    : slow(from, to, words);

/**
 * A row of a table: the kind of a verdict, its sentence, and the claims of the sentence.
 * @typedef {[string, RegExp, (from: Lane, to: Lane, words: string[]) => Claims]} Row
 */

/** @type {Row[]} */
export const OF_STRUCTURE = [
  [
    'saved',
    sentence(
      `Overlapping saved DURATION with ${SAME} in ${RUNS}: concurrency(, which let them work in parallel)?\\.(?: ${LONGER} ${CAUSES})?`,
    ),
    (from, to, [time, count, which, , parallel, ...rest]) => ({
      ...saved(from, to, time),
      ...same(from, to, count),
      ...runs(from, to, which),
      ...note(from, to, rest),
      'several were inside tasks at once, if it says so':
        (parallel !== undefined) === (to.mostParallel > 1 && to.processors > 1),
      ...(from.busyMs > 0.1 * from.wallMs ? real(from, to) : {}),
    }),
  ],
  [
    'other cause',
    sentence(
      `${TOOK('less')} But the same (chopping|counting|computing) needed less processor time there, so overlapping is not the cause\\.`,
    ),
    (from, to, [after, time, before]) => ({
      ...less(from, to, time),
      ...named(from, to, after, before),
      ...(from.busyMs > 0.1 * from.wallMs ? real(from, to) : {}),
      'the work went faster': quicker(from, to),
    }),
  ],
  [
    'longer',
    sentence(TOOK('longer')),
    (from, to, [after, time, before]) => ({
      ...longer(from, to, time),
      ...(from.busyMs > 0.1 * from.wallMs ? {} : { 'the browser reports as many processors': true }),
      ...named(from, to, after, before),
    }),
  ],
  [
    'nothing',
    sentence(
      `Overlapping alone saved nothing in ${RUNS}\\. With one task after another, the processor was already at work for PERCENT of the time\\. A small difference can be chance\\.`,
    ),
    (from, to, [which, , share]) => ({
      ...alike(from, to),
      ...runs(from, to, which),
      'there was one': from.processors === 1,
      'the share is that of one task after another': tellsShare(share, from.busyShare),
      'it left little to be saved': from.busyShare >= 0.9,
    }),
  ],
];

/** @type {Row[]} */
export const OF_EXECUTION = [
  [
    'saved',
    sentence(`${WHO} saved DURATION( more)? in ${RUNS}: parallelism\\.(?: ${LONGER} ${CAUSES})?`),
    (from, to, [who, , , time, , which, , ...rest]) => ({
      ...processors(from, to, who),
      ...saved(from, to, time),
      ...real(from, to),
      ...runs(from, to, which),
      ...note(from, to, rest),
      'more were inside tasks at once, in every run': to.leastParallel > from.processors,
      'no more was saved than could be shared out': from.busyMs >= from.wallMs - to.wallMs - ROUNDING,
      'tasks waited for a processor, or were executed at once':
        to.eventsDropped > 0 ||
        from.eventsDropped > 0 ||
        Math.max(from.someReadyMs, to.beyondMs(from.processors)) >= (from.wallMs - to.wallMs) / 2,
    }),
  ],
  [
    'other cause',
    sentence(`${TOOK('less')} That is more than all the work took, so more processors are not the cause\\.`),
    (from, to, [after, time, before]) => ({
      ...named(from, to, after, before),
      ...less(from, to, time),
      ...real(from, to),
      'less time was spent inside tasks than was saved': from.busyMs < from.wallMs - to.wallMs,
    }),
  ],
  [
    'other cause',
    sentence(
      `${TOOK('less')} But the same (chopping|counting|computing) needed less processor time there, so more processors are not the cause\\.`,
    ),
    (from, to, [after, time, before]) => ({
      ...named(from, to, after, before),
      ...less(from, to, time),
      ...real(from, to),
      'the work went faster': quicker(from, to),
    }),
  ],
  [
    'other cause',
    sentence(`${TOOK('less')} But too little was done at the same time to be the cause\\.`),
    (from, to, [after, time, before]) => ({
      ...named(from, to, after, before),
      ...less(from, to, time),
      ...real(from, to),
      'less was done at once than was saved':
        to.eventsDropped > 0 || to.beyondMs(from.processors) < from.wallMs - to.wallMs,
    }),
  ],
  [
    'other cause',
    sentence(
      `${TOOK('less')} But (no run had|not every run had) more than (?:one processor|COUNT processors) at work at the same time, so more processors are not the cause\\.`,
    ),
    (from, to, [after, time, before, often, many]) => ({
      ...named(from, to, after, before),
      ...less(from, to, time),
      ...real(from, to),
      'so many there had been': from.processors === number(many ?? '1'),
      'no more were seen at once': to.leastParallel <= from.processors,
      'at no time, or not always': (often === 'no run had') === to.mostParallel <= from.processors,
    }),
  ],
  [
    'longer',
    sentence(TOOK('longer')),
    (from, to, [after, time, before]) => ({
      ...named(from, to, after, before),
      ...longer(from, to, time),
    }),
  ],
  [
    'nothing',
    sentence(
      `More processors saved nothing in ${RUNS}: a waiting task needs no processor, and a processor was at work for (?:only )?PERCENT of the time\\.`,
    ),
    (from, to, [which, , share]) => ({
      ...alike(from, to),
      ...runs(from, to, which),
      'the share is that of fewer processors': tellsShare(share, from.someBusyShare),
      'it is the smaller part': from.someBusyShare < 0.5,
    }),
  ],
];

/** The sentences about either step. @type {Row[]} */
export const OF_BOTH = [
  [
    'small',
    sentence(`Any difference is too small to measure in ${RUNS}\\.`),
    (from, to, [which]) => ({
      ...alike(from, to),
      ...runs(from, to, which),
    }),
  ],
  [
    'spread',
    sentence(`No difference can be claimed: in ${RUNS} one lane’s times differ by as much as the two lanes do\\.`),
    (from, to, [which]) => {
      const { mixed, spread, ms } = difference(from, to);
      return {
        ...runs(from, to, which),
        ...step(from, to),
        'a lane was repeated': from.repeats > 1 || to.repeats > 1,
        'repeats of one differ as much': spread >= ms - ROUNDING,
        'repeats do not keep apart': mixed,
        'the same computing did not take longer in one of them': slowed(from, to) === null,
      };
    },
  ],
  [
    'busy',
    sentence(`${LONGER} ${CAUSES} So these runs cannot be compared\\. Run again\\.`),
    (from, to, words) => ({ ...slow(from, to, words), ...step(from, to) }),
  ],
  [
    'too short',
    sentence('These runs are too short to compare\\.'),
    (from, to) => {
      const { short, longer, tellsMs } = difference(from, to);
      return { 'neither clock nor machine can tell them apart': short, 'a longer run could': SHARE * longer < tellsMs };
    },
  ],
  [
    'answers',
    sentence('The lanes gave different answers, so their times cannot be compared\\.'),
    (from, to) => ({
      'they did': from.answers.some((one) => to.answers.some((other) => one !== other)),
    }),
  ],
  [
    'single task',
    sentence(
      '(No task|Only one task) ran besides main, so these times say nothing about overlapping or about processors\\.',
    ),
    (from, to, [count]) => ({
      'so many ran': Math.max(from.tasksBesidesMain, to.tasksBesidesMain) === (count === 'No task' ? 0 : 1),
    }),
  ],
  [
    'oversubscribed',
    sentence(
      'This browser reports (?:one processor|COUNT processors), but COUNT were used\\. They shared the real ones, so these times say nothing about computing\\.',
    ),
    (from, to, [cores, used]) => ({
      'so many are reported': Math.min(from.browserCores, to.browserCores) === number(cores ?? '1'),
      'so many were used': Math.max(from.processors, to.processors) === number(used),
      'these are more': number(used) > number(cores ?? '1'),
      ...step(from, to),
    }),
  ],
];

/** @param {Lane} from @param {Lane} to @param {string | undefined} count @returns {Claims} */
const same = (from, to, count) => ({
  'with so many processors': from.processors === number(count ?? '1') && to.processors === from.processors,
});

/** @param {Lane} from @param {Lane} to @param {string} who @returns {Claims} */
function processors(from, to, who) {
  const [more, fewer] = /second/.test(who)
    ? [2, 1]
    : who.replace('of one', 'of 1').split(' processors instead of ').map(number);
  return { 'these numbers of processors': from.processors === fewer && to.processors === more };
}
