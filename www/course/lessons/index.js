/**
 * The lessons by the ids of their programs, in the order of the catalogue.
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
 * @param {string} summary   the text for a program that has no lesson in the list
 * @returns {Lesson}
 */
export function lessonOf(program, summary) {
  return LESSONS[program] ?? { ...PLAIN, claim: summary, text: '' };
}
