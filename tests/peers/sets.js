// The parameter sets with which each program is compared with its twin in Go: edge cases, and
// random sets within bounds that keep each run short.

import { randomFrom } from '../random.js';

/** @typedef {import('../random.js').Random} Random */

/**
 * @typedef {object} ParameterSet
 * @property {Record<string, number | string | number[] | string[]>} params
 * @property {string[]} [structures] the structures in which the answer is Go's; by default all
 */

/** How many random sets each program gets besides its edge cases. */
const RANDOM = 20;

/** @type {Record<string, {edges: ParameterSet[], random: (random: Random) => ParameterSet}>} */
const PROGRAMS = {
  spaces: {
    edges: [
      { params: { workers: 1, increments: 0, payloadMiB: 0 } },
      { params: { workers: 8, increments: 1000, payloadMiB: 64 } },
    ],
    random: ({ whole, one }) => ({
      params: {
        workers: whole(1, 8),
        increments: whole(0, 200_000),
        payloadMiB: whole(0, 3),
        update: one(['atomic', 'read then write']),
      },
    }),
  },
  kitchen: {
    edges: [{ params: { dishes: 1, chopMs: 0, boilMs: 0 } }, { params: { dishes: 64, chopMs: 0, boilMs: 1 } }],
    random: ({ whole }) => ({
      params: { dishes: whole(1, 30), chopMs: whole(0, 3), boilMs: whole(0, 10) },
    }),
  },
  greeters: {
    edges: [
      // Main returns before the greeters finish. Answers agree only if the greeters overlap, and if
      // no word is due close to main's end.
      { params: { times: 5, mainWaitsMs: 250, delayStepMs: 60 }, structures: ['concurrent'] },
      { params: { times: 100, mainWaitsMs: 90, firstDelayMs: 60 }, structures: ['concurrent'] },
      { params: { times: 1, mainWaitsMs: 100, firstDelayMs: 0, greeters: 64, delayStepMs: 0 } },
    ],
    random: ({ whole }) => {
      const times = whole(1, 5);
      const greeters = whole(1, 12);
      const firstDelayMs = whole(0, 10);
      const delayStepMs = whole(0, 3);
      const mainWaitsMs = times * (firstDelayMs + greeters * delayStepMs) + 100;
      return { params: { times, greeters, firstDelayMs, delayStepMs, mainWaitsMs } };
    },
  },
  counters: {
    edges: [
      { params: { counters: 1, iterations: 0 } },
      { params: { counters: 3, iterations: 1, serialPercent: 100 } },
      { params: { counters: 256, iterations: 100, serialPercent: 0.5 } },
    ],
    random: ({ whole, one }) => ({
      params: {
        counters: whole(1, 20),
        iterations: whole(0, 200_000),
        serialPercent: one([0, 0, 12.5, whole(0, 100)]),
        timeSliceMs: one([0, 1, 10]),
      },
    }),
  },
  quadrants: {
    edges: [{ params: { tasks: 1, taskMs: 0 } }],
    random: ({ whole }) => ({ params: { tasks: whole(1, 12), taskMs: whole(0, 3) } }),
  },
  sum: {
    edges: [
      { params: { numbers: [], length: 0, parts: 3 } },
      { params: { numbers: [], length: 1_000_000, parts: 64 } },
      { params: { numbers: [-1_000_000], parts: 64, capacity: 64 } },
    ],
    random: ({ whole, list }) => ({
      params: {
        numbers: list(whole(0, 40), () => whole(-1_000_000, 1_000_000)),
        length: whole(0, 5000),
        parts: whole(1, 64),
        capacity: whole(0, 4),
      },
    }),
  },
  pool: {
    edges: [
      { params: { jobs: 0 } },
      { params: { jobs: 1, workers: 64, jobMs: 0, capacity: 0 } },
      { params: { jobs: 10_000, workers: 5, jobMs: 0 } },
    ],
    random: ({ whole, one }) => ({
      params: {
        workers: whole(1, 12),
        jobs: whole(0, 60),
        jobMs: whole(0, 3),
        work: one(['wait', 'compute', 'both']),
        capacity: whole(0, 30),
      },
    }),
  },
  fetch: {
    edges: [
      { params: { requests: 1, latencyMs: 0, bytes: 0 } },
      { params: { requests: 64, latencyMs: 1, bytes: 1_000_000 } },
      // Nothing answers at the second address.
      { params: { addresses: ['net/slow?ms=1&bytes=7', 'http://127.0.0.1:1/', 'net/slow?bytes=5'] } },
    ],
    random: ({ whole }) => ({
      params: {
        requests: whole(1, 20),
        latencyMs: whole(0, 10),
        spreadMs: whole(0, 30),
        bytes: whole(0, 5000),
      },
    }),
  },
  images: {
    // The twin has only this filter.
    edges: [
      { params: { images: 1, size: 1, filter: 'edges' } },
      { params: { images: 64, size: 3, filter: 'edges', tiles: 64 } },
      { params: { images: 4, size: 512, filter: 'edges' } },
    ],
    random: ({ whole }) => ({
      params: { images: whole(1, 8), size: whole(1, 90), tiles: whole(1, 9), filter: 'edges' },
    }),
  },
  mandelbrot: {
    edges: [
      { params: { width: 1, height: 1, iterations: 1 } },
      { params: { width: 1, height: 2048, iterations: 100 } },
      { params: { width: 640, height: 400, iterations: 300 } },
    ],
    random: ({ whole }) => ({
      params: { width: whole(1, 150), height: whole(1, 100), iterations: whole(1, 500) },
    }),
  },
  pipeline: {
    edges: [
      { params: { from: 1, to: 0 } },
      { params: { from: 94_906_265, to: -94_906_265 } },
      { params: { from: 94_906_265, to: 94_906_265, squarers: 64 } },
      { params: { from: -94_906_265, to: -94_906_000, workUs: 10 } },
    ],
    random: ({ whole }) => {
      const from = whole(-200, 200);
      return {
        params: {
          from,
          to: from + whole(-5, 150),
          squarers: whole(1, 12),
          workUs: whole(0, 50),
          capacity: whole(0, 5),
        },
      };
    },
  },
};

/**
 * Returns every set, by program.
 *
 * @returns {[string, ParameterSet[]][]}
 */
export function sets() {
  return Object.entries(PROGRAMS).map(([program, { edges, random }], place) => {
    const numbers = randomFrom(place + 1);
    return [program, [...edges, ...Array.from({ length: RANDOM }, () => random(numbers))]];
  });
}
