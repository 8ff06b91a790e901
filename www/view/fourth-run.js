/**
 * The run that has no lane: one task after another, with several processors. It is drawn small, with a
 * row for each processor, because its point is that only one of them works at a time.
 *
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { count, time } from '../words.js';
import { make } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

/** More processors than this have no row. They are counted in the sentence below. */
const MOST_ROWS = 8;

/** How many processors have a colour of their own. */
const HUES = 8;

/** In units of the drawing, which is scaled to the width of the page. */
const WIDTH = 1000;
const PITCH = 20;
const BAR = 14;

/**
 * @param {SentReport} report
 * @param {number} longestMs   of all runs that are compared: all drawings have one scale
 */
export function fourthRun(report, longestMs) {
  const { processors, states, wallMs } = report;
  const used = new Set(states.processor.filter((processor) => processor >= 0)).size;
  const rows = Math.min(processors, MOST_ROWS);
  const drawing = element('svg', { viewBox: `0 0 ${WIDTH} ${rows * PITCH}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  for (let row = 0; row < rows; row++) {
    drawing.append(bar('row', row, 0, wallMs * WIDTH / longestMs));
  }
  states.processor.forEach((processor, i) => {
    if (processor < 0 || processor >= rows) return; // not running, or without a row here
    const [start, end] = [states.startMs[i], states.endMs[i]];
    drawing.append(bar(`hue-${processor % HUES + 1}`, processor, start * WIDTH / longestMs, (end - start) * WIDTH / longestMs));
  });
  return make('figure', { class: 'fourth-run' },
    make('figcaption', {}, make('strong', {}, `One after another on ${count(processors, ['processor', 'processors'])}: ${time(wallMs)}`),
      ` This run has no lane above. ${said(report, used)}${processors > rows ? ` The first ${rows} processors have a row here.` : ''}`),
    drawing);
}

/**
 * @param {SentReport} report
 * @param {number} used   processors that were inside a task at some time
 */
function said({ processors, parallelism }, used) {
  if (processors < 2) return 'There is only one processor.';
  if (parallelism.max > 1) return `Each row is a processor. ${used} of ${processors} worked, and sometimes ${parallelism.max} at the same moment.`;
  return 'Each row is a processor. Never more than one of them was inside a task, so the others could not help.';
}

/**
 * @param {string} kind
 * @param {number} row
 * @param {number} x
 * @param {number} width
 */
const bar = (kind, row, x, width) => element('rect', {
  class: kind, x: x.toFixed(2), y: String(row * PITCH + (PITCH - BAR) / 2), width: Math.max(width, 1).toFixed(2), height: String(BAR),
});

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
