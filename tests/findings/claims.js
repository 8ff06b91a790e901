// What each sentence claims: a list of statements, and whether the figures bear each out. Written
// from what the words mean, and apart from the code that chooses the sentences.

/** @typedef {import('./figures.js').Figures} Figures */
/** @typedef {import('./lanes.js').Lane} Lane */
/** @typedef {Record<string, boolean>} Claims   a statement, and whether it holds */

/** Below so many steps of the clock, milliseconds, or this share of the longer time, nothing is a difference. */
const STEPS = 20;
const LEAST_MS = 2;
const SHARE = 0.05;

/** Floating point milliseconds agree to this. */
const ROUNDING = 1e-6;

const DURATION = '(\\d[\\d,]*(?:\\.\\d+)? m?s)';
const COUNT = '(\\d[\\d,]*)';
const PERCENT = '(less than 1 %|\\d+ %)';

/** A pattern with the shapes of figures in it. @param {string} text */
const sentence = (text) => new RegExp(`^${text
  .replaceAll('DURATION', DURATION).replaceAll('COUNT', COUNT).replaceAll('PERCENT', PERCENT)}$`);

/** @param {string} text */
const number = (text) => Number(text.replaceAll(',', ''));

/** Whether a duration is told as it is, up to its last digit. @param {string} text @param {number} ms */
function tells(text, ms) {
  const [digits, unit] = text.split(' ');
  const decimals = digits.split('.')[1]?.length ?? 0;
  const scale = unit === 's' ? 1000 : 1;
  return Math.abs(number(digits) * scale - ms) <= scale * 10 ** -decimals / 2 + ROUNDING;
}

/** @param {string} text @param {number} share */
function tellsShare(text, share) {
  if (text.startsWith('less')) return share > 0 && share < 0.01;
  return Math.abs(number(text.slice(0, -2)) - share * 100) <= 0.5 + ROUNDING;
}

// ---- One run ----------------------------------------------------------------------------------

/** @type {[string, RegExp, (run: Figures, words: string[]) => Claims][]} */
export const OF_A_RUN = [
  ['cut short', sentence('This run did not complete: its figures tell of the part until then\\.'), (run) => ({
    'it did not complete': run.outcome !== 'completed',
  })],
  ['dropped', sentence('There was no room for (?:one event|COUNT events) or lines of output: they are missing from the drawing\\. Wall time, busy time and each task\'s times are exact all the same\\.'), (run, [count]) => ({
    'so many were dropped': run.eventsDropped === number(count ?? '1'),
  })],
  ['oversubscribed', sentence('Up to COUNT processors were inside tasks at once, on (?:one logical processor|COUNT logical processors), as reported by the browser: some were paused where no page can see\\.'), (run, [most, cores]) => ({
    'so many were inside tasks at once': run.mostParallel === number(most),
    'so many are reported': run.browserCores === number(cores ?? '1'),
    'these are fewer': run.mostParallel > run.browserCores,
  })],
  ['concurrency without parallelism', sentence('COUNT tasks were in progress at once, and never more than one processor was inside a task(?:, although there were COUNT)?: concurrency without parallelism\\.'), (run, [tasks, processors]) => ({
    'so many tasks were in progress': run.mostConcurrent === number(tasks),
    'two of them besides main': run.mostConcurrent >= 3,
    'the program is about time': !['sum', 'spaces'].includes(run.program),
    'there were so many processors': run.processors === number(processors ?? '1'),
    'never more than one was inside a task': run.processors === 1 || run.mostParallel <= 1,
    'what was not recorded can\'t contradict': run.processors === 1 || run.eventsDropped === 0,
    'the run is whole': run.outcome === 'completed',
  })],
  ['ended with main', sentence('main returned while (?:one task|COUNT tasks) still waited, and (?:that|they) ended with it\\.'), (run, [count]) => ({
    'so many were blocked then, or had not begun': run.leftWaiting === number(count ?? '1'),
    'all is known of them': run.eventsDropped === 0,
  })],
];

/** @type {[string, RegExp, (run: Figures, words: string[]) => Claims][]} */
export const OF_LOSSES = [
  ['inside tasks', sentence('(The processor was|The processors were) inside tasks for PERCENT of (?:its|their) time: almost no time was lost\\.'), (run, [who, share]) => ({
    ...whole(run, who),
    'the share is that of the spans': tellsShare(share, run.busyMs / (run.processors * run.wallMs)),
    'the rest is next to nothing': run.busyMs >= 0.9 * run.processors * run.wallMs,
  })],
  ['without a ready task', sentence('(The processor had|The processors had) no ready task for PERCENT of (?:its|their) time\\. Either the tasks waited, which costs no processor time, or too few of them could run at once\\.'), (run, [who, share]) => ({
    ...whole(run, who),
    ...largest(run, 'idleMs', share),
    'no more than the time outside tasks': run.losses.idleMs <= run.gapMs + slack(run),
    'mostly no task was ready': run.eventsDropped > 0 || run.gapMs - run.gapReadyMs >= run.losses.idleMs / 2,
  })],
  ['tail', sentence('PERCENT of the processors’ time was tail: some had nothing left to do while others still worked\\. Smaller pieces of work would end more evenly\\.'), (run, [share]) => ({
    ...whole(run),
    ...largest(run, 'tailMs', share),
    'there are others': run.processors > 1,
    'no more than the time after last turns': run.losses.tailMs <= run.afterLastMs + slack(run),
    'every turn is known': run.eventsDropped === 0,
  })],
  ['scheduling', sentence('PERCENT of the processors’ time was spent on switching between tasks, because the pieces of work are small\\.'), (run, [share]) => ({
    ...whole(run),
    ...largest(run, 'schedulingMs', share),
    'most of it between turns': run.eventsDropped > 0 || run.betweenMs + slack(run) >= run.losses.schedulingMs / 2,
  })],
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
  return {
    short: longer - less < tellsMs,
    small: longer - less < SHARE * longer,
    // Of one lane the slowest, of the other the quickest: they did not keep apart.
    mixed: Math.max(from.leastMs, to.leastMs) <= Math.min(from.mostMs, to.mostMs),
    spread, tellsMs, longer, ms: longer - less,
  };
}

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
const saved = (from, to, time) => ({
  'so much less': tells(time, from.wallMs - to.wallMs),
  ...differs(from, to),
});

/** @param {Lane} from @param {Lane} to @param {string} time @returns {Claims} */
const longer = (from, to, time) => ({
  'so much longer': tells(time, to.wallMs - from.wallMs),
  ...differs(from, to),
});

/** @param {Lane} from @param {Lane} to @returns {Claims} */
const alike = (from, to) => {
  const { short, small, mixed } = difference(from, to);
  return { 'no difference can be claimed': short || small || mixed };
};

// What is saved is the sum of three: less time inside tasks, more of it at once, less time outside
// tasks. The first is neither structure's nor execution's doing.
/** @param {Lane} from @param {Lane} to */
const quicker = (from, to) => from.busyMs - to.busyMs > (from.wallMs - to.wallMs) / 2;

const SAME = 'the same (?:processor|COUNT processors)';
const WHO = '(A second processor|COUNT processors instead of (?:one|COUNT))';

/** @type {[string, RegExp, (from: Lane, to: Lane, words: string[]) => Claims][]} */
export const OF_STRUCTURE = [
  ['saved in parallel', sentence(`Overlapping saved DURATION with ${SAME}: concurrency, which gave them something to do in parallel\\.`), (from, to, [time, count]) => ({
    ...saved(from, to, time), ...same(from, to, count),
    'several were inside tasks at once': to.mostParallel > 1,
    'the work did not just go faster': !quicker(from, to),
  })],
  ['saved', sentence(`Overlapping saved DURATION with ${SAME}: concurrency\\.`), (from, to, [time, count]) => ({
    ...saved(from, to, time), ...same(from, to, count),
    'the work did not just go faster': !quicker(from, to),
  })],
  ['went faster', sentence('Overlapping took DURATION less, but inside tasks: the same work went faster, and that is not structure\'s doing\\.'), (from, to, [time]) => ({
    ...saved(from, to, time),
    'the work went faster': quicker(from, to),
  })],
  ['longer', sentence('Overlapping took DURATION longer than one task after another\\.'), (from, to, [time]) => longer(from, to, time)],
  ['gained nothing', sentence('Overlapping alone gained nothing: the processor was inside tasks PERCENT of the time already\\.'), (from, to, [share]) => ({
    ...alike(from, to),
    'there was one': from.processors === 1,
    'the share is that of one task after another': tellsShare(share, from.busyShare),
    'it left little to be saved': from.busyShare >= 0.9,
  })],
  ['no difference', sentence('Overlapping made no difference that this measurement can carry\\.'), alike],
  ['spread', sentence('Overlapping or not: repeats of one lane differ as much\\.'), spread],
];

/** @type {typeof OF_STRUCTURE} */
export const OF_EXECUTION = [
  ['not the reason', sentence(`${WHO} took DURATION less: more than all the time inside tasks, so that more processors can't be the reason\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...saved(from, to, rest.at(-1) ?? ''),
    'less time was spent inside tasks than was saved': from.busyMs < from.wallMs - to.wallMs,
  })],
  ['parallelism', sentence(`${WHO} saved DURATION( more)?: parallelism\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...saved(from, to, rest.at(-2) ?? ''),
    'more were inside tasks at once, in every run': to.leastParallel > from.processors,
    'no more was saved than could be shared out': from.busyMs >= from.wallMs - to.wallMs - ROUNDING,
    'the work did not just go faster': !quicker(from, to),
    'tasks waited for a processor, or were executed at once': to.eventsDropped > 0 || from.eventsDropped > 0
      || Math.max(from.someReadyMs, to.beyondMs(from.processors)) >= (from.wallMs - to.wallMs) / 2,
  })],
  ['went faster', sentence(`${WHO} took DURATION less, but inside tasks: the same work went faster, and that is not parallelism\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...saved(from, to, rest.at(-1) ?? ''),
    'the work went faster': quicker(from, to),
  })],
  ['too little at once', sentence(`${WHO} took DURATION less, yet too little was done at once to be the reason\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...saved(from, to, rest.at(-1) ?? ''),
    'less was done at once than was saved': to.eventsDropped > 0 || to.beyondMs(from.processors) < from.wallMs - to.wallMs,
  })],
  ['never seen', sentence(`${WHO} took DURATION less, yet (never|not in every run) were more than (one|COUNT) seen inside tasks at once\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...saved(from, to, rest.at(-4) ?? ''),
    'so many there had been': from.processors === (rest.at(-2) === 'one' ? 1 : number(rest.at(-2) ?? '')),
    'no more were seen at once': to.leastParallel <= from.processors,
    'at no time, or not always': (rest.at(-3) === 'never') === (to.mostParallel <= from.processors),
  })],
  ['longer', sentence(`${WHO} took DURATION longer\\.`), (from, to, [who, ...rest]) => ({
    ...processors(from, to, who), ...longer(from, to, rest.at(-1) ?? ''),
  })],
  ['waiting', sentence('More processors gained nothing: a waiting task needs no processor, and (?:only )?PERCENT of the time was one inside a task\\.'), (from, to, [share]) => ({
    ...alike(from, to),
    'the share is that of fewer processors': tellsShare(share, from.someBusyShare),
    'it is the smaller part': from.someBusyShare < 0.5,
  })],
  ['more work', sentence('More processors gained nothing: the same work kept them inside tasks (\\d+\\.\\d) times as long\\.'), (from, to, [times]) => ({
    ...alike(from, to),
    'so many times as long': Math.abs(to.busyMs / from.busyMs - number(times)) <= 0.05 + ROUNDING,
    'that is longer': number(times) > 1,
    'more of it was done at once': to.mostParallel > from.processors,
  })],
  ['no difference', sentence(`${WHO} made no difference that this measurement can carry\\.`), (from, to, [who]) => ({
    ...processors(from, to, who), ...alike(from, to),
  })],
  ['spread', sentence(`${WHO} or not: repeats of one lane differ as much\\.`), (from, to, [who]) => ({
    ...processors(from, to, who), ...spread(from, to),
  })],
];

/** Said once for all pairs that it is true of. @type {[string, RegExp, (from: Lane, to: Lane) => Claims][]} */
export const OF_ALL = [
  ['too short', sentence('These runs are too short to compare\\.'), (from, to) => {
    const { short, longer, tellsMs } = difference(from, to);
    return { 'neither clock nor machine can tell them apart': short, 'a longer run could': SHARE * longer < tellsMs };
  }],
  ['answers', sentence('The lanes gave different answers, so that their times don\'t compare\\.'), (from, to) => ({
    'they did': from.answers.some((one) => to.answers.some((other) => one !== other)),
  })],
];

/** @param {Lane} from @param {Lane} to @returns {Claims} */
function spread(from, to) {
  const { mixed, spread, ms } = difference(from, to);
  return {
    'a lane was repeated': from.repeats > 1 || to.repeats > 1,
    'repeats of one differ as much': spread >= ms - ROUNDING,
    'repeats do not keep apart': mixed,
  };
}

/** @param {Lane} from @param {Lane} to @param {string | undefined} count @returns {Claims} */
const same = (from, to, count) => ({
  'with so many processors': from.processors === number(count ?? '1') && to.processors === from.processors,
});

/** @param {Lane} from @param {Lane} to @param {string} who @returns {Claims} */
function processors(from, to, who) {
  const [more, fewer] = who === 'A second processor' ? [2, 1]
    : who.replace('of one', 'of 1').split(' processors instead of ').map(number);
  return { 'these numbers of processors': from.processors === fewer && to.processors === more };
}
