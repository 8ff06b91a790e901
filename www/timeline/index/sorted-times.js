/**
 * Sorts times in slices, with a radix sort of three passes. The times are converted to 32-bit
 * ticks. A tick is the whole time / (2³² - 1). For a run of ten seconds, a tick is 2.3 ns, much
 * less than a step of the clock.
 */
import { STEPS_PER_YIELD } from '../../common/slices.js';

const BITS = 11;
const DIGITS = 1 << BITS;

/**
 * @param {Float64Array} times   from 0 to `wholeMs`
 * @param {number} wholeMs
 * @returns {Generator<void, Float64Array, void>} the times in order, rounded to ticks
 */
export function* sortedTimes(times, wholeMs) {
  const tick = Math.max(wholeMs, Number.MIN_VALUE) / 0xffff_ffff;
  let from = new Uint32Array(times.length);
  for (let i = 0; i < times.length; i++) {
    from[i] = Math.round(Math.min(Math.max(times[i], 0), wholeMs) / tick);
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  let to = new Uint32Array(times.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    const place = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < from.length; i++) {
      place[((from[i] >>> shift) & (DIGITS - 1)) + 1]++;
      if (i % STEPS_PER_YIELD === 0) yield;
    }
    for (let d = 0; d < DIGITS; d++) place[d + 1] += place[d];
    for (let i = 0; i < from.length; i++) {
      to[place[(from[i] >>> shift) & (DIGITS - 1)]++] = from[i];
      if (i % STEPS_PER_YIELD === 0) yield;
    }
    [from, to] = [to, from];
  }
  const sorted = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) {
    sorted[i] = from[i] * tick;
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  return sorted;
}
