/**
 * The lessons by their programs. Their order is the catalogue's.
 *
 * @typedef {import('./lesson.js').Lesson} Lesson
 */
import { counters } from './counters.js';
import { fetch } from './fetch.js';
import { greeters } from './greeters.js';
import { images } from './images.js';
import { kitchen } from './kitchen.js';
import { PLAIN } from './lesson.js';
import { mandelbrot } from './mandelbrot.js';
import { pipeline } from './pipeline.js';
import { pool } from './pool.js';
import { quadrants } from './quadrants.js';
import { spaces } from './spaces.js';
import { sum } from './sum.js';

/** @type {Record<string, Lesson>} */
export const LESSONS = {
  kitchen,
  greeters,
  counters,
  quadrants,
  sum,
  spaces,
  fetch,
  images,
  pool,
  pipeline,
  mandelbrot,
};

/**
 * @param {string} program
 * @param {string} summary   stands for the words of a program that has none here
 * @returns {Lesson}
 */
export function lessonOf(program, summary) {
  return LESSONS[program] ?? { ...PLAIN, claim: summary, text: '' };
}
