/** @typedef {ReturnType<typeof randomFrom>} Random */

/**
 * Returns a generator of pseudo-random numbers (mulberry32). The same seed gives the same numbers.
 *
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** Returns a number from `from` to less than `to`. @param {number} from @param {number} to */
    between: (from, to) => from + next() * (to - from),
    /** Returns a whole number, both limits included. @param {number} from @param {number} to */
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    /** @template T @param {T[]} items @returns {T} */
    one: (items) => items[Math.floor(next() * items.length)],
    /** @template T @param {number} length @param {() => T} item */
    list: (length, item) => Array.from({ length }, item),
  };
}
