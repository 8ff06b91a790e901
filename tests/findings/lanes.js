// Groups runs into lanes, and finds the pairs of lanes that differ in one thing.

/** @typedef {import('./figures.js').Figures} Figures */

/**
 * @typedef {object} Lane
 * @property {string} program
 * @property {string} structure
 * @property {number} processors
 * @property {number} repeats
 * @property {number} wallMs         the median of the repeats, as are all other times and shares
 * @property {number} leastMs
 * @property {number} mostMs
 * @property {number} busyMs
 * @property {number} busyShare      busyMs / wallMs, which is a share if there is one processor
 * @property {number} someBusyShare  the share of the wall time with a processor inside a task
 * @property {number} someReadyMs
 * @property {(processors: number) => number} beyondMs   the time inside tasks on further processors
 * @property {number} mostParallel   the greatest parallelism level in all repeats
 * @property {number} leastParallel  the smallest value of the repeats' greatest parallelism levels
 * @property {number} clockStepMs
 * @property {number} eventsDropped
 * @property {number} insideAtOnce   the mean number of processors inside tasks
 * @property {number} tasksBesidesMain   the greatest number in any repeat
 * @property {number} browserCores
 * @property {string[]} answers
 */

/**
 * Returns the pairs of lanes that are compared. `structure` has all pairs that differ only in their
 * structure. `execution` has a pair for each structure: the lane with the fewest processors and the
 * lane with the largest number of processors. There are no pairs if the runs have several programs
 * or several values of a parameter, or if the program's times are not compared.
 *
 * @param {Figures[]} runs
 */
export function pairsOf(runs) {
  const whole = runs.filter((run) => run.outcome === 'completed');
  // These programs are about order and memory, so there are no sentences about their times.
  if (whole.some(({ program }) => ['sum', 'spaces'].includes(program))) return { structure: [], execution: [] };
  const works = new Set(whole.map((run) => canonical([run.program, run.params])));
  if (works.size > 1) return { structure: [], execution: [] };
  const lanes = groups(whole, (run) => `${run.structure} ${run.processors}`).map(laneOf);
  const concurrent = lanes
    .filter((lane) => lane.structure === 'concurrent')
    .sort((a, b) => a.processors - b.processors);
  const structure = lanes
    .filter((lane) => lane.structure === 'sequential')
    .flatMap((from) => {
      const to = concurrent.find((lane) => lane.processors === from.processors);
      return to ? [{ from, to }] : [];
    });
  const execution = ['sequential', 'concurrent'].flatMap((structure) => {
    const alike = lanes.filter((lane) => lane.structure === structure).sort((a, b) => a.processors - b.processors);
    return alike.length > 1 ? [{ from: alike[0], to: alike[alike.length - 1] }] : [];
  });
  return { structure, execution };
}

/** @param {Figures[]} runs @returns {Lane} */
function laneOf(runs) {
  const of = (/** @type {(run: Figures) => number} */ figure) => median(runs.map(figure));
  const walls = runs.map((run) => run.wallMs);
  return {
    program: runs[0].program,
    structure: runs[0].structure,
    processors: runs[0].processors,
    repeats: runs.length,
    wallMs: median(walls),
    leastMs: Math.min(...walls),
    mostMs: Math.max(...walls),
    busyMs: of((run) => run.busyMs),
    busyShare: of((run) => run.busyMs / run.wallMs),
    someBusyShare: of((run) => run.someBusyMs / run.wallMs),
    someReadyMs: of((run) => run.someReadyMs),
    beyondMs: (processors) =>
      of(({ levelMs }) => levelMs.reduce((sum, ms, level) => sum + ms * Math.max(0, level - processors), 0)),
    mostParallel: Math.max(...runs.map((run) => run.mostParallel)),
    leastParallel: Math.min(...runs.map((run) => run.mostParallel)),
    clockStepMs: Math.max(...runs.map((run) => run.clockStepMs)),
    eventsDropped: Math.max(...runs.map((run) => run.eventsDropped)),
    insideAtOnce: of((run) => run.busyMs / run.wallMs),
    tasksBesidesMain: Math.max(...runs.map((run) => run.tasksBesidesMain)),
    browserCores: Math.min(...runs.map((run) => run.browserCores)),
    answers: runs.map((run) => canonical(run.answer)),
  };
}

/** @param {number[]} figures */
function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @template T @param {T[]} items @param {(item: T) => string} key @returns {T[][]} */
function groups(items, key) {
  const map = new Map();
  for (const item of items) map.set(key(item), [...(map.get(key(item)) ?? []), item]);
  return [...map.values()];
}

/**
 * Returns JSON that is the same for equal values, independent of the order of their keys.
 * @param {any} value
 * @returns {string}
 */
function canonical(value) {
  return JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
