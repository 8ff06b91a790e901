// The runs that findings.test.js requests: short runs of every program, in lanes that can be
// compared and in lanes that cannot be compared.

import { randomFrom } from '../random.js';

/** @typedef {{program: string, params: Record<string, any>, options: Record<string, any>, stopAfterMs?: number, manualClock?: boolean}} TestRun */
/** @typedef {import('../random.js').Random} Random */

/** The parameters of each program, and whether it has a sequential structure. */
const PROGRAMS = {
  spaces: {
    params: ({ whole, one }) => ({
      workers: whole(1, 4),
      increments: whole(0, 100_000),
      payloadMiB: whole(0, 1),
      update: one(['atomic', 'read then write']),
    }),
  },
  kitchen: {
    sequential: true,
    params: ({ whole }) => ({ dishes: whole(1, 5), chopMs: whole(0, 12), boilMs: whole(0, 30) }),
  },
  greeters: {
    sequential: true,
    params: ({ whole }) => ({
      times: whole(1, 3),
      greeters: whole(1, 4),
      firstDelayMs: whole(0, 15),
      delayStepMs: whole(0, 6),
      mainWaitsMs: whole(0, 90),
    }),
  },
  counters: {
    sequential: true,
    params: ({ whole, one }) => ({
      counters: whole(1, 8),
      work: whole(0, 120) / 1000,
      serialPercent: one([0, 0, 40, 100]),
      timeSliceMs: one([0, 1, 10]),
    }),
  },
  quadrants: { sequential: true, params: ({ whole }) => ({ tasks: whole(1, 6), taskMs: whole(0, 12) }) },
  sum: { params: ({ whole }) => ({ numbers: [], length: whole(0, 5000), parts: whole(1, 6), capacity: whole(0, 4) }) },
  fetch: {
    sequential: true,
    params: ({ whole }) => ({ requests: whole(1, 8), latencyMs: whole(0, 30), spreadMs: whole(0, 20) }),
  },
  images: {
    sequential: true,
    params: ({ whole, one }) => ({
      images: whole(1, 4),
      size: whole(1, 128),
      tiles: whole(1, 4),
      radius: whole(1, 8),
      filter: one(['edges', 'sharpen', 'blur']),
    }),
  },
  pool: {
    params: ({ whole, one }) => ({
      workers: whole(1, 6),
      jobs: whole(0, 16),
      jobMs: whole(0, 9),
      work: one(['wait', 'compute', 'both']),
    }),
  },
  pipeline: {
    params: ({ whole }) => ({
      from: 1,
      to: whole(0, 60),
      squarers: whole(1, 6),
      workUs: whole(0, 1200),
      capacity: whole(0, 4),
    }),
  },
  mandelbrot: { params: ({ whole }) => ({ width: whole(1, 200), height: whole(1, 150), iterations: whole(1, 500) }) },
};

/** @typedef {{structure: string, processors: number}} Place */

const lanes = (/** @type {[string, number][]} */ ...places) =>
  places.map(([structure, processors]) => ({ structure, processors }));
const THREE = lanes(['sequential', 1], ['concurrent', 1], ['concurrent', 2]);

/**
 * The sets of lanes that are requested together.
 * @type {((random: Random) => {places: Place[], more?: (run: TestRun, place: number) => void})[]}
 */
const SHAPES = [
  () => ({ places: THREE }),
  () => ({
    places: THREE,
    more: (run) => {
      run.manualClock = true;
    },
  }),
  () => ({ places: [...THREE, ...[...THREE].reverse()] }),
  ({ one }) => ({ places: lanes(...Array(3).fill(['concurrent', one([1, 2])])) }),
  () => ({ places: lanes(['concurrent', 8], ['concurrent', 1], ['concurrent', 2]) }),
  () => ({ places: lanes(['sequential', 2], ['concurrent', 2], ['concurrent', 3]) }),
  ({ whole }) => {
    const [stopped, stopAfterMs] = [whole(0, 2), whole(0, 12)];
    return {
      places: THREE,
      more: (run, place) => {
        if (place === stopped) run.stopAfterMs = stopAfterMs;
      },
    };
  },
];

/**
 * Returns groups of runs, with at least `least` runs in all.
 *
 * @param {number} least
 * @returns {TestRun[][]}
 */
export function groups(least) {
  const random = randomFrom(1);
  /** @type {TestRun[][]} */
  const all = ['panic', 'several', 'deadlock'].map((fault) =>
    [1, 2].map((processors) => ({ program: 'fault', params: { fault, afterMs: 7 }, options: { processors } })),
  );
  for (let runs = 0; runs < least; ) {
    for (const shape of SHAPES) {
      for (const [program, { params: draw, sequential }] of Object.entries(PROGRAMS)) {
        const params = draw(random);
        const { places, more } = shape(random);
        const group = places
          .filter(({ structure }) => structure === 'concurrent' || sequential)
          .map((place, number) => {
            const run = { program, params, options: { ...place, seed: random.whole(0, 9) } };
            more?.(run, number);
            return run;
          });
        all.push(group);
        runs += group.length;
      }
    }
  }
  return all;
}
